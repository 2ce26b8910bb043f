"""Applications as pages read them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BooleanField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from accounts.models import Person
from accounts.roles import Role
from programmes.models import (
    Application,
    ApplicationChange,
    ApplicationState,
    Call,
    Correction,
    Extension,
    Submission,
)
from programmes.queries.recusals import without_recused

_SAID_OF_EVERY_ONE = (
    "number",
    "place_name",
    "state",
    "call__title",
    "call__opens_at",
    "call__closes_at",
    "call__time_zone",
    "call__phase",
    "call__reading",
    "call__cohort__number",
    "call__cohort__programme__name",
    "call__cohort__programme__slug",
)


def applications() -> QuerySet[Application]:
    """With what every page says of an application and its call."""
    return applications_in_calls().select_related("place").only(*_SAID_OF_EVERY_ONE, "place__name")


def applications_in_calls() -> QuerySet[Application]:
    """The same without the name of the place in the register."""
    rows = Application.objects.select_related("call__cohort__programme")
    return rows.only(*_SAID_OF_EVERY_ONE, "place")


def applications_to_write() -> QuerySet[Application]:
    """With what the pages say on which it is written, and no more: they are opened all the time."""
    return Application.objects.select_related("call").only(
        "number",
        "place_name",
        "state",
        "call__title",
        "call__opens_at",
        "call__closes_at",
        "call__time_zone",
        "call__phase",
        "call__cohort_id",
    )


def own_applications(person: Person | AnonymousUser) -> QuerySet[Application]:
    """Those that somebody writes."""
    held = (
        person.scope_ids("programmes.application", Role.APPLICANT)
        if person.is_authenticated
        else ()
    )
    if not held:
        return Application.objects.none()  # without asking
    return Application.objects.filter(pk__in=held)


def applications_of(person: Person) -> QuerySet[Application]:
    """The same with what a list of them says, the latest first."""
    rows = own_applications(person).select_related("call")
    return rows.only(
        "place_name",
        "state",
        "started_at",
        "call__title",
        "call__closes_at",
        "call__time_zone",
    ).order_by("-started_at", "-pk")


# What stands around an application in other tables. In SQL, because putting it together out of Django's
# expressions took longer than PostgreSQL takes to answer.


class Submitted(Func):
    """When the application with this id was last submitted."""

    template = """(
        SELECT submission.submitted_at
        FROM programmes_submission submission
        WHERE submission.application_id = %(expressions)s
        ORDER BY submission.number DESC LIMIT 1
    )"""
    output_field = DateTimeField()


class Confirmed(Func):
    """How many supporters have confirmed it."""

    template = """(
        SELECT count(*)
        FROM programmes_support support
        WHERE support.application_id = %(expressions)s
            AND support.withdrawn_at IS NULL AND support.is_confirmed
    )"""
    output_field = IntegerField()


class Told(Func):
    """Whether a row of this model tells of it."""

    template = "EXISTS (SELECT FROM %(table)s told WHERE told.application_id = %(expressions)s)"
    output_field = BooleanField()

    def __init__(self, model: type[Model]) -> None:
        super().__init__("pk", table=model._meta.db_table)


_CHANGES = ApplicationChange.objects.filter(application=OuterRef("pk")).order_by("-pk")
_LISTED = Application.objects.only(
    "number", "place_name", "state", "started_at", "started_by_name"
).annotate(
    settled=F("place__name"),
    submitted=Submitted("pk"),
    confirmed=Confirmed("pk"),
)


def applications_for_staff(call: Call, person: Person) -> QuerySet[Application]:
    """What a member of staff may see of a call, each with what the list tells of it."""
    return without_recused(_LISTED.filter(call=call.pk), person)


def with_last_reason(rows: QuerySet[Application]) -> QuerySet[Application]:
    """For the files that staff download; their page has no room for it."""
    return rows.annotate(last_reason=Subquery(_CHANGES.values("reason")[:1]))


def with_what_happened() -> QuerySet[Application]:
    """Each with when it was started, and whether there is more to tell of it."""
    rows = applications_in_calls().only(*_SAID_OF_EVERY_ONE, "started_at", "started_by_name")
    return rows.annotate(
        is_submitted=Told(Submission),
        is_corrected=Told(Correction),
        is_extended=Told(Extension),
    )


def next_to_check(application: Application, person: Person) -> Application | None:
    """Of the same call, what somebody of the staff checks after this one; the first after the last."""
    rows = Application.objects.filter(call=application.call_id, state=ApplicationState.SUBMITTED)
    others = without_recused(rows.exclude(pk=application.pk), person)
    in_turn = others.annotate(comes_again=Q(number__lt=application.number))
    return in_turn.order_by("comes_again", "number").only("number", "place_name").first()
