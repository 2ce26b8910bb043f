"""Scores without the pages: a few for a test to reason about, or hundreds at once."""

from django.utils import timezone

from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Interest,
    PanelMember,
    ScoreSheet,
    Standing,
    SubmittedScores,
)


def submit(member: PanelMember, application: Application, *values: int) -> ScoreSheet:
    """Hand in these values for the call's criteria, in their order, as one more submission."""
    version = application.call.versions.filter(published_at__isnull=False).latest("number")
    keys = [criterion.key for criterion in version.criteria.order_by("position")]
    sheet, _ = ScoreSheet.objects.update_or_create(
        member=member, application=application, defaults={"submitted_at": timezone.now()}
    )
    SubmittedScores.objects.create(
        sheet=sheet,
        number=sheet.submissions.count() + 1,
        values=dict(zip(keys, values, strict=True)),
    )
    return sheet


def grow(call: Call, to: int) -> None:
    """More eligible applications that every member has scored."""
    version = call.versions.filter(published_at__isnull=False).latest("number")
    keys = list(version.criteria.values_list("key", flat=True))
    members = list(call.members.order_by("pk"))
    first = call.applications.count() + 1
    applications = Application.objects.bulk_create(
        Application(call=call, number=n, place_name=f"Grown {n}", state=ApplicationState.ELIGIBLE)
        for n in range(first, to + 1)
    )
    pairs = [(application, member) for application in applications for member in members]
    Interest.objects.bulk_create(
        Interest(member=member, application=application, is_declared=False, standing=Standing.CLEAR)
        for application, member in pairs
    )
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(member=member, application=application, submitted_at=timezone.now())
        for application, member in pairs
    )
    SubmittedScores.objects.bulk_create(
        SubmittedScores(
            sheet=sheet, number=1, values={key: 1 + (n * 7 + len(key)) % 5 for key in keys}
        )
        for n, sheet in enumerate(sheets)
    )
