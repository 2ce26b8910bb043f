"""The status of a case study: what may follow what, who may do it, and what it is called."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Person
from accounts.queries.memberships import memberships_in
from accounts.roles import Role
from evaluation.actions.case_studies import locked_for_writing
from evaluation.actions.files import request_case_study
from evaluation.events import CaseStudyEvent
from evaluation.models import CaseStudy, CaseStudyStatus, StatusChange
from evaluation.queries.case_studies import drafts_waiting
from evaluation.queries.quotes import touched_quotes

DRAFTS_WAIT = (
    "Somebody typed text that could not be saved and is not settled yet."
    " Load this page again to see who and when."
)
Check = Callable[[CaseStudy, Person, str], list[str]]


def _has_text(case_study: CaseStudy, by: Person, reason: str) -> list[str]:
    if any(text.strip() for text in case_study.sections.values_list("text", flat=True)):
        return []
    return ["Write at least one section first."]


def _quotes_stand(case_study: CaseStudy, by: Person, reason: str) -> list[str]:
    return [f"Take out {touched}." for touched in touched_quotes([case_study])]


def _cross_checked(case_study: CaseStudy, by: Person, reason: str) -> list[str]:
    """A second evaluator approves. Where the programme has only one, a reason is recorded instead."""
    if sent_for_review_by(case_study) != by.pk:
        return []
    if _has_another_evaluator(case_study, by):
        return ["You sent this case study for review, so another evaluator must approve it."]
    if reason:
        return []
    return ["You are the only evaluator. Say how the case study was cross-checked."]


@dataclass(frozen=True)
class Step:
    """One change of status that is allowed."""

    old: CaseStudyStatus
    new: CaseStudyStatus
    label: str  # on the button
    means: str  # beside it
    needs: str = "evaluation.change_case_study"
    asks_reason: bool = False
    checks: tuple[Check, ...] = ()
    asks_about_drafts: bool = False  # whether it may go on without what somebody could not save


_DRAFT, _IN_REVIEW = CaseStudyStatus.DRAFT, CaseStudyStatus.IN_REVIEW
_APPROVED, _PUBLISHED = CaseStudyStatus.APPROVED, CaseStudyStatus.PUBLISHED

STEPS = (
    Step(
        _DRAFT,
        _IN_REVIEW,
        "Send for review",
        "Locks the text while another evaluator reads it.",
        checks=(_has_text, _quotes_stand),
    ),
    Step(
        _IN_REVIEW,
        _APPROVED,
        "Approve",
        "Says that you have checked the text against its evidence.",
        checks=(_cross_checked, _quotes_stand),
    ),
    Step(
        _IN_REVIEW,
        _DRAFT,
        "Send back to draft",
        "Opens the text for changes.",
        asks_reason=True,
    ),
    Step(
        _APPROVED,
        _PUBLISHED,
        "Publish",
        "Shows the case study to everyone, without signing in.",
        checks=(_quotes_stand,),
        asks_about_drafts=True,
    ),
    Step(
        _APPROVED,
        _DRAFT,
        "Send back to draft",
        "Opens the text for changes. It must be reviewed again.",
        asks_reason=True,
    ),
    Step(
        _PUBLISHED,
        _DRAFT,
        "Take back to draft",
        "Takes the case study off the public page and opens its text for changes.",
        asks_reason=True,
    ),
)


def steps_from(case_study: CaseStudy) -> list[Step]:
    return [step for step in STEPS if step.old == case_study.status]


@transaction.atomic
def change_status(
    *,
    case_study: CaseStudy,
    to: str,
    by: Person,
    reason: str = "",
    without_drafts: bool = False,
) -> CaseStudy:
    """Take one of the STEPS, if it is allowed, `by` may take it, and nothing stands in its way.

    Publishing asks for the PDF that everyone may read; while somebody has yet to settle what they
    could not save, it must be said to go `without_drafts`.
    """
    current = locked_for_writing(case_study.pk)
    step = next((step for step in steps_from(current) if step.new == to), None)
    if step is None:
        raise ValidationError(_no_such_step(current, to))
    if not by.has_perm(step.needs, current):
        raise PermissionDenied
    reason = reason.strip()
    if obstacles := obstacles_to(step, current, by=by, reason=reason):
        raise ValidationError(obstacles)
    if step.asks_about_drafts and not without_drafts and drafts_waiting(current).exists():
        raise ValidationError(DRAFTS_WAIT)
    current.status = step.new
    current.save(update_fields=["status"])
    StatusChange.objects.create(
        case_study=current,
        old=step.old,
        new=step.new,
        revision=current.revision,
        reason=reason,
        changed_by=by,
        changed_by_name=str(by),
    )
    if step.new == CaseStudyStatus.PUBLISHED:
        request_case_study(case_study=current, suffix="pdf", by=by)
    record(
        CaseStudyEvent.STATUS_CHANGED,
        by=by,
        subject=current,
        scope=current.project.programme,
        changes={"status": [step.old.value, step.new.value]}
        | ({"reason": ["", reason]} if reason else {}),
    )
    return current


def obstacles_to(step: Step, case_study: CaseStudy, *, by: Person, reason: str) -> list[str]:
    """Sentences on what must be done before the step can be taken."""
    found = ["Say why, in a few words."] if step.asks_reason and not reason else []
    for check in step.checks:
        found += check(case_study, by, reason)
    return found


def sent_for_review_by(case_study: CaseStudy) -> int | None:
    """Who last sent the case study for review."""
    sent = case_study.status_changes.filter(new=CaseStudyStatus.IN_REVIEW)
    return sent.order_by("-pk").values_list("changed_by", flat=True).first()


def _has_another_evaluator(case_study: CaseStudy, by: Person) -> bool:
    evaluators = memberships_in(Role.EVALUATOR, case_study.project.programme_id)
    return evaluators.filter(person__is_active=True).exclude(person=by).exists()


def _no_such_step(case_study: CaseStudy, to: str) -> str:
    wanted = dict(CaseStudyStatus.choices).get(to, to)
    now = case_study.get_status_display().lower()
    if to == case_study.status:
        return f"This case study is {now} already."
    return f"A case study that is {now} cannot become {wanted.lower()} in one step."
