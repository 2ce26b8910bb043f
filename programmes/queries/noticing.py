"""What Placework notices about all applications of a call at once, for the file of its list."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from accounts.models import Person
from programmes.models import (
    Application,
    Call,
    CallVersion,
    Extension,
    Question,
    Submission,
    Support,
    Supporter,
)
from programmes.queries.eligibility import Asked, hints_on, others_seen_by
from programmes.queries.submissions import Answered

_READ = (
    Prefetch("submissions", Submission.objects.order_by("number")),
    Prefetch("supports", Support.objects.filter(withdrawn_at=None)),
    Prefetch("extensions", Extension.objects.order_by("-until").only("application", "until")),
)
_SHOWN = ("number", "place_name", "state", "started_at", "started_by_name")
_PARTS = (
    Prefetch("questions", Question.objects.order_by("position")),
    Prefetch("supporters", Supporter.objects.order_by("position")),
)


def with_submissions(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Each with all that hints are seen in."""
    return rows.only(*_SHOWN, "place", "call").prefetch_related(*_READ)


@dataclass
class Noticing:
    """One reader's look at one call: what all its applications share is read once."""

    call: Call
    person: Person

    @cached_property
    def versions(self) -> dict[int, CallVersion]:
        rows = self.call.versions.filter(published_at__isnull=False).prefetch_related(*_PARTS)
        return {version.pk: version for version in rows}

    @cached_property
    def others(self) -> list[Application]:
        return list(others_seen_by(self.person, self.call.pk))

    def hints(self, application: Application) -> list[str]:
        """On one row read `with_submissions`: no query. Nothing on what was not submitted."""
        submissions = list(application.submissions.all())
        if not submissions:
            return []
        application.call = self.call
        first, latest = submissions[0], submissions[-1]
        version = self.versions[latest.version_id]
        given = {support.key: support for support in application.supports.all()}
        extension = next(iter(application.extensions.all()), None)
        return hints_on(
            application,
            version=version,
            answered=[
                Answered(question, latest.answers.get(question.key))
                for question in version.questions.all()
            ],
            supports=[Asked(each, given.get(each.key)) for each in version.supporters.all()],
            others=self.others,
            first_at=first.submitted_at,
            extended_until=extension.until if extension else None,
        )
