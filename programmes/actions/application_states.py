"""The one way from one state of an application to another."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import SYSTEM, record
from accounts.models import Person
from programmes.application_states import Actor, Step, steps_from
from programmes.events import ApplicationEvent
from programmes.models import Application, ApplicationChange, ApplicationState


def locked(application: Application) -> Application:
    """The row as it is now, held until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("call__cohort__programme").get(pk=application.pk)


@transaction.atomic
def change_state(
    *, application: Application, to: ApplicationState, by: Person | None, reason: str = ""
) -> Application:
    """Take one of the STEPS, if it is allowed and `by` may take it. `by=None` is Placework itself.

    Raises ValidationError with a sentence for people, PermissionDenied where the step is another's.
    """
    current = locked(application)
    steps = [step for step in steps_from(current.state) if step.new == to]
    if not steps:
        raise ValidationError(_no_such_step(current, to))
    step = _taken(steps, current, by)
    reason = reason.strip()
    if step.asks_reason and not reason:
        raise ValidationError({"reason": "Say why, in a few words"})
    current.state = to
    current.save(update_fields=["state"])
    ApplicationChange.objects.create(
        application=current,
        old=step.old,
        new=to,
        reason=reason,
        changed_by=by,
        changed_by_name=str(by) if by else SYSTEM,
    )
    told = {"state": [step.old.label, to.label]} | ({"reason": ["", reason]} if reason else {})
    record(
        ApplicationEvent.STATE_CHANGED,
        by=by,
        subject=current,
        scope=current.call.cohort.programme,
        changes=told,
    )
    application.state = to
    return current


def actors(application: Application, by: Person) -> set[Actor]:
    """As what `by` may act on the application."""
    return {actor for actor in Actor if by.has_perm(actor, application)}


def _taken(steps: list[Step], application: Application, by: Person | None) -> Step:
    if by is None:
        return steps[0]
    allowed = actors(application, by)
    step = next((step for step in steps if step.actor in allowed), None)
    if step is None:
        raise PermissionDenied
    return step


def _no_such_step(application: Application, to: ApplicationState) -> str:
    now = application.get_state_display().lower()
    if to == application.state:
        return f"This application is {now} already."
    return f"An application that is {now} cannot become {to.label.lower()} in one step."
