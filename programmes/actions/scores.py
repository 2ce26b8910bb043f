"""Scoring: a member's sheet on one application, saved, submitted, changed until the meeting ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Person
from programmes.events import PanelEvent
from programmes.models import (
    Application,
    Criterion,
    PanelMember,
    PrivateNote,
    Score,
    ScoreSheet,
    SubmittedScores,
)
from programmes.queries.board import criteria_of
from programmes.queries.recusals import readable_by
from programmes.queries.switches import switches_of

LONGEST = 10_000  # characters of a comment
LONGEST_TYPED = 500_000  # of all that a page holds


class Moved(Exception):
    """The member saved this sheet in another window meanwhile. `sheet` is what was saved there."""

    def __init__(self, sheet: ScoreSheet) -> None:
        super().__init__("You saved these scores in another window.")
        self.sheet = sheet


@dataclass(frozen=True)
class Scored:
    """What a member makes of one criterion. No value: not scored yet."""

    value: int | None
    comment: str = ""


@transaction.atomic
def save_scores(
    *,
    member: PanelMember,
    application: Application,
    scores: Mapping[str, Scored],
    comment: str,
    based_on: int,
    by: Person,
    submit: bool = False,
) -> ScoreSheet:
    """Save scores by the criterion's key; with `submit`, hand them in.

    `based_on` is the number of the sheet that the member saw. Raises Moved if it is another now,
    ValidationError by key ("score_<key>", "comment_<key>") for what cannot stand, PermissionDenied
    when the member may not score this application now. Scores that were handed in stay handed in.
    """
    current = _seat(member, application, by)
    sheet = _sheet(current, application)
    if sheet.number != based_on:
        raise Moved(sheet)
    criteria = list(criteria_of(application.call))
    if faults := _faults(criteria, scores, comment, whole=submit or sheet.submitted_at is not None):
        raise ValidationError(faults)
    sheet.comment = comment.strip()
    sheet.unsaved = {}
    sheet.number += 1
    if submit:
        sheet.submitted_at = timezone.now()
    sheet.save()
    for criterion in criteria:
        scored = scores.get(criterion.key, Scored(None))
        Score.objects.update_or_create(
            sheet=sheet,
            criterion=criterion,
            defaults={"value": scored.value, "comment": scored.comment.strip()},
        )
    if sheet.submitted_at is not None:
        _keep(sheet, criteria, scores)
        record(
            PanelEvent.SCORES_SUBMITTED,
            by=by,
            subject=application,
            scope=current.call.cohort.programme,
        )
    return sheet


@transaction.atomic
def keep_typed(
    *, member: PanelMember, application: Application, typed: Mapping[str, str], by: Person
) -> ScoreSheet:
    """Keep what the member has typed and not saved, whatever it is: no score, and nobody else's to see.

    `typed` holds the fields of the page by name. Raises ValidationError once scoring is closed.
    """
    sheet = _sheet(_seat(member, application, by), application)
    if sum(map(len, typed.values())) > LONGEST_TYPED:
        raise ValidationError("This is too long to be kept. Shorten it")
    sheet.unsaved = dict(typed)
    sheet.save(update_fields=["unsaved"])
    return sheet


@transaction.atomic
def save_note(*, member: PanelMember, application: Application, text: str, by: Person) -> None:
    """The member's note for themselves; an empty one is deleted. No trail tells of it."""
    current = _reader(member, application, by)
    if text.strip():
        PrivateNote.objects.update_or_create(
            member=current, application=application, defaults={"text": text.strip()}
        )
    else:
        PrivateNote.objects.filter(member=current, application=application).delete()


def _keep(sheet: ScoreSheet, criteria: list[Criterion], scores: Mapping[str, Scored]) -> None:
    """What was submitted, unless nothing but words has changed."""
    values = {criterion.key: scores[criterion.key].value for criterion in criteria}
    last = sheet.submissions.order_by("-number").first()
    if last is None or last.values != values:
        number = last.number + 1 if last else 1
        SubmittedScores.objects.create(sheet=sheet, number=number, values=values)


def _faults(
    criteria: list[Criterion], scores: Mapping[str, Scored], comment: str, *, whole: bool
) -> dict[str, str]:
    faults = {}
    for criterion in criteria:
        scored = scores.get(criterion.key, Scored(None))
        if scored.value is None:
            if whole:
                faults[f"score_{criterion.key}"] = f"Score “{criterion}”"
        elif not Criterion.LOWEST <= scored.value <= Criterion.HIGHEST:
            faults[f"score_{criterion.key}"] = (
                f"Enter a whole number from {Criterion.LOWEST} to {Criterion.HIGHEST}"
            )
        if len(scored.comment) > LONGEST:
            faults[f"comment_{criterion.key}"] = _too_long(scored.comment)
    if len(comment) > LONGEST:
        faults["comment"] = _too_long(comment)
    return faults


def _too_long(text: str) -> str:
    return f"This has {len(text):,} characters. Shorten it to {LONGEST:,} or fewer"


def _sheet(member: PanelMember, application: Application) -> ScoreSheet:
    sheet, _ = ScoreSheet.objects.select_for_update().get_or_create(
        member=member, application=application
    )
    return sheet


def _seat(member: PanelMember, application: Application, by: Person) -> PanelMember:
    current = _reader(member, application, by)
    if not switches_of(current.call).members_score:
        raise ValidationError("Scoring is closed. What you had saved is kept.")
    return current


def _reader(member: PanelMember, application: Application, by: Person) -> PanelMember:
    """The member's row, held until the transaction ends, if `by` is the member and may read it now."""
    rows = PanelMember.objects.select_for_update(of=("self",))
    current = rows.select_related("call__cohort__programme", "person").get(pk=member.pk)
    may_read = (
        current.person_id == by.pk
        and switches_of(current.call).members_read
        and readable_by(current).filter(pk=application.pk).exists()
    )
    if not may_read:
        raise PermissionDenied
    return current
