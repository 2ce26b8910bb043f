"""What Placework notices about an application that staff check. It decides nothing: people do.

Each is a sentence. Whether another application is of the same place is looked for only among those that
the reader may see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Person
from programmes.answers.amounts import amount_in_words
from programmes.answers.kinds import faults_of
from programmes.models import (
    Application,
    ApplicationState,
    CallVersion,
    Extension,
    Question,
    Submission,
    Support,
    Supporter,
)
from programmes.queries.call_versions import published_version
from programmes.queries.hints import folded
from programmes.queries.recusals import without_recused
from programmes.queries.submissions import Answered, read_submission
from programmes.times import said


@dataclass(frozen=True)
class Asked:
    """A supporter whom the call wants, and who was asked to be it, if anybody was."""

    supporter: Supporter
    support: Support | None

    @property
    def status(self) -> str:
        if self.support is None:
            return "Nobody asked"
        if self.support.answered_at is None:
            return "Not answered yet"
        return "Confirmed" if self.support.is_confirmed else "Declined"


_FIRST = Submission.objects.filter(application=OuterRef("application")).order_by("number")
_EXTENSIONS = Extension.objects.filter(application=OuterRef("application")).order_by("-until")
_SUBMISSIONS = (
    Submission.objects.select_related("version")
    .only("answers", "version__funding_asked")
    .annotate(
        first_at=Subquery(_FIRST.values("submitted_at")[:1]),
        extended_until=Subquery(_EXTENSIONS.values("until")[:1]),
    )
)


_OTHERS = (
    Application.objects.exclude(state=ApplicationState.WITHDRAWN)
    .only("number", "place_name", "place")
    .order_by("number")
)


def noticed(application: Application, person: Person) -> dict[str, object]:
    """The `hints` on an application, if it has been submitted, and its `supports`."""
    submission = _SUBMISSIONS.filter(application=application.pk).order_by("-number").first()
    version = submission.version if submission else published_version(application.call)
    assert version is not None  # of a call that was announced
    supports = supports_of(application, version)
    hints = []
    if submission:
        hints = hints_on(
            application,
            version=version,
            answered=read_submission(submission),
            supports=supports,
            others=others_seen_by(person, application.call_id),
            **_times(submission),
        )
    return {"submission": submission, "supports": supports, "hints": hints}


def supports_of(application: Application, version: CallVersion) -> list[Asked]:
    """Everyone whom this version of the call wants, in order. Two queries."""
    supporters = list(version.supporters.order_by("position"))
    if not supporters:
        return []
    given = {row.key: row for row in application.supports.filter(withdrawn_at=None)}
    return [Asked(supporter, given.get(supporter.key)) for supporter in supporters]


def others_seen_by(person: Person, call: int) -> QuerySet[Application]:
    """Among which another application of the same place is looked for."""
    return without_recused(_OTHERS.filter(call=call), person)


def hints_on(
    application: Application,
    *,
    version: CallVersion,
    answered: Iterable[Answered],
    supports: list[Asked],
    others: Iterable[Application],
    first_at: datetime,
    extended_until: datetime | None,
) -> list[str]:
    """A sentence for each thing that is noticed; all that it is seen in has been read already."""
    return [
        *_late(application, first_at, extended_until),
        *(hint for each in answered for hint in _answer(each)),
        *(hint for each in supports for hint in _support(each)),
        *_funding(version, supports),
        *_twice(application, others),
    ]


def _times(submission: Submission) -> dict[str, Any]:
    """The first submission counts: a correction comes later by its nature."""
    return {name: vars(submission)[name] for name in ("first_at", "extended_until")}


def _late(
    application: Application, first_at: datetime, extended_until: datetime | None
) -> Iterator[str]:
    call = application.call
    if call.closes_at is None or first_at < call.closes_at:
        return
    if extended_until and first_at < extended_until:
        until = said(extended_until, call)
        yield f"It was submitted after the call had closed, within the extension until {until}."
    else:
        yield f"It was submitted on {said(first_at, call)}, after the call had closed."


def _answer(each: Answered) -> Iterator[str]:
    question: Question = each.question
    if not each.is_answered:
        if question.is_required:
            yield f"“{question.wording}” is not answered."
        return
    if question.must_be_yes and each.value is not True:
        yield f"“{question.wording}” is answered “No”, and only “yes” is eligible."
    for fault in faults_of(question, each.value):
        yield f"“{question.wording}”: {fault}"


def _support(each: Asked) -> Iterator[str]:
    who, support = each.supporter.who, each.support
    if support is None:
        yield f"{who}: nobody has been asked to confirm their support."
    elif support.answered_at is None:
        yield f"{who}: {support.name} has not answered yet."
    elif not support.is_confirmed:
        yield f"{who}: {support.name} does not support it."
    elif each.supporter.amount is not None and _confirmed(each) < each.supporter.amount:
        yield (
            f"{who}: {support.name} confirms {amount_in_words(_confirmed(each))}, not the"
            f" {amount_in_words(each.supporter.amount)} that the call asks for."
        )


def _confirmed(each: Asked) -> Decimal:
    if each.support is None or not each.support.is_confirmed:
        return Decimal(0)
    return each.support.amount or Decimal(0)


def _funding(version: CallVersion, supports: list[Asked]) -> Iterator[str]:
    """Where supporters are asked for money: whether it comes to what the call asks of a place."""
    if version.funding_asked is None or not any(each.supporter.amount for each in supports):
        return
    confirmed = sum(map(_confirmed, supports), Decimal(0))
    if confirmed < version.funding_asked:
        yield (
            f"Supporters have confirmed {amount_in_words(confirmed)} of the"
            f" {amount_in_words(version.funding_asked)} that is asked of each place."
        )


def _twice(application: Application, others: Iterable[Application]) -> Iterator[str]:
    for other in others:
        if other.pk == application.pk:
            continue
        same = application.place_id is not None and other.place_id == application.place_id
        if same or folded(other.place_name) == folded(application.place_name):
            yield f"{other} is from the same place."
