"""All decisions of a call are released at once, and reserves move up when a place withdraws."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import mail
from accounts.actions.audit import record
from accounts.models import Person
from programmes.actions.application_states import change_state
from programmes.actions.call_phases import locked_call, write_phase
from programmes.actions.letters import RELEASE, refuse_names_and_length
from programmes.actions.project_beginnings import begin_project
from programmes.events import DecisionEvent
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Decision,
    DecisionOutcome,
    Letter,
    MoveUp,
    Phase,
    Project,
)
from programmes.queries.letters import Post, feedback_on
from programmes.queries.release import (
    Readiness,
    focus_questions,
    freed_in,
    obstacles_to_projects,
    readiness_of,
    reserves_of,
)
from programmes.queries.writers import writers_of

STATES = {
    DecisionOutcome.SELECT: ApplicationState.SELECTED,
    DecisionOutcome.RESERVE: ApplicationState.RESERVE,
    DecisionOutcome.DECLINE: ApplicationState.DECLINED,
}
LONGEST_REASON = 1_000
Address = Callable[[Application], str]  # where an applicant reads on, as a mail can carry it


@dataclass(frozen=True)
class Released:
    """What came of a release. `is_new` is False if somebody had released the decisions before."""

    is_new: bool
    projects: tuple[Project, ...] = ()


@transaction.atomic
def release_decisions(
    *, call: Call, focus: str, by: Person, address: Address, confirmation: str = ""
) -> Released:
    """Fix all decisions, tell everyone who applied, and begin the projects of those selected.

    All of it or nothing. Asked twice, by a second click or by two people, it happens once. `focus` is
    the key of the question whose answer says what a project works on; `confirmation` says in writing
    why more are selected than places were offered.
    """
    current = locked_call(call)
    if not by.has_perm(RELEASE, current):
        raise PermissionDenied
    if current.phase == Phase.RELEASED:
        return Released(is_new=False)
    _hold_applications(current)
    ready = readiness_of(current, by)
    _refuse(current, ready, focus, confirmation.strip())
    now = timezone.now()
    pks = [post.decision.pk for post in ready.posts]
    Decision.objects.filter(pk__in=pks).update(released_at=now, released_by=by)
    projects = []
    for post in ready.posts:
        outcome = DecisionOutcome(post.decision.outcome)
        application = _with_call(post.application, current)
        change_state(application=application, to=STATES[outcome], by=by)
        if outcome == DecisionOutcome.SELECT:
            projects.append(begin_project(application, focus=focus, by=by))
        _send_letter(post, address)
    letters = [post.letter.pk for post in ready.posts if post.letter]
    Letter.objects.filter(pk__in=letters).update(sent_at=now)
    write_phase(current, Phase.RELEASED, by=by)
    told = {
        outcome.label.lower(): ["", str(ready.count(outcome))]
        for outcome in DecisionOutcome
        if ready.count(outcome)
    }
    if confirmation.strip():
        told["confirmation"] = ["", confirmation.strip()]
    record(
        DecisionEvent.RELEASED,
        by=by,
        subject=current,
        scope=current.cohort.programme,
        changes=told,
    )
    call.phase = Phase.RELEASED
    return Released(is_new=True, projects=tuple(projects))


@transaction.atomic
def move_up(
    *,
    application: Application,
    in_place_of: Application,
    reason: str,
    subject: str,
    text: str,
    focus: str,
    by: Person,
    address: Address,
) -> Project:
    """The next reserve takes the place of one that withdrew: told by a letter, and with a project."""
    current = locked_call(application.call)
    if not by.has_perm(RELEASE, current):
        raise PermissionDenied
    _hold_applications(current)
    reserve = _next_reserve(current, application)
    freed = freed_in(current).filter(pk=in_place_of.pk).first()
    if freed is None:
        raise ValidationError(f"The place of {in_place_of} is taken: somebody else has moved up.")
    reserve = _with_call(reserve, current)
    _refuse_move(current, reserve, reason, focus)
    refuse_names_and_length({"subject": subject, "text": text}, current)
    MoveUp.objects.create(
        application=reserve,
        in_place_of=freed,
        reason=reason.strip(),
        subject=subject,
        text=text,
        moved_by=by,
        moved_by_name=str(by),
    )
    change_state(application=reserve, to=ApplicationState.SELECTED, by=by, reason=reason)
    project = begin_project(reserve, focus=focus, by=by)
    _send(reserve, subject, text, address)
    record(
        DecisionEvent.MOVED_UP,
        by=by,
        subject=reserve,
        scope=current.cohort.programme,
        changes={"in place of": ["", str(freed)], "reason": ["", reason.strip()]},
    )
    return project


def _hold_applications(call: Call) -> None:
    """So that none is withdrawn while it is decided."""
    list(call.applications.select_for_update().order_by("pk").values_list("pk", flat=True))


def _with_call(application: Application, call: Call) -> Application:
    """Its state as it is now, and the call without another query."""
    application.refresh_from_db(fields=["state"])
    application.call = call
    return application


def _refuse(call: Call, ready: Readiness, focus: str, confirmation: str) -> None:
    if ready.obstacles:
        raise ValidationError([obstacle.sentence for obstacle in ready.obstacles])
    if not ready.posts:
        raise ValidationError("There is no decision to release.")
    faults = _about_focus(call, focus)
    if ready.is_over and not confirmation:
        faults["confirmation"] = (
            f"{len(ready.selected)} are selected, and {ready.places} can be chosen. Say who has agreed"
            " to it, or select fewer"
        )
    if len(confirmation) > LONGEST_REASON:
        faults["confirmation"] = f"Shorten this to {LONGEST_REASON:,} characters or fewer"
    if faults:
        raise ValidationError(faults)


def _refuse_move(call: Call, reserve: Application, reason: str, focus: str) -> None:
    faults = _about_focus(call, focus)
    if not reason.strip():
        faults["reason"] = "Say why it moves up"
    elif len(reason) > LONGEST_REASON:
        faults["reason"] = f"Shorten this to {LONGEST_REASON:,} characters or fewer"
    if faults:
        raise ValidationError(faults)
    if obstacles := list(obstacles_to_projects(call, [reserve])):
        raise ValidationError([obstacle.sentence for obstacle in obstacles])


def _about_focus(call: Call, focus: str) -> dict[str, str]:
    keys = set(focus_questions(call).values_list("key", flat=True))
    if focus in keys or not (keys or focus):
        return {}
    return {"focus": "Select the question whose answer says what the project works on"}


def _next_reserve(call: Call, application: Application) -> Application:
    first = reserves_of(call).first()
    if first is None:
        raise ValidationError("Nobody is left on the reserve list.")
    if first.pk != application.pk:
        raise ValidationError(f"{first} is first on the reserve list now.")
    return first


def _send_letter(post: Post, address: Address) -> None:
    letter = post.letter
    assert letter is not None  # each is read
    feedback = [f"{row.criterion}\n{row.text}" for row in feedback_on(post.application)]
    text = "\n\n".join([letter.text, *(["Feedback", *feedback] if feedback else [])])
    _send(post.application, letter.subject, text, address)


def _send(application: Application, subject: str, text: str, address: Address) -> None:
    """To everyone who writes the application, once this is committed."""
    words = f"{text}\n\nYou can read this again in Placework:\n{address(application)}\n"
    for person in writers_of([application]):
        mail.send(to=person.email, subject=subject, text=words)
