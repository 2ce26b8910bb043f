"""Until when an application can be handed in: the call's closing, an extension, or a correction's date."""

from datetime import datetime

from django.utils import timezone

from programmes.models import Application, ApplicationState, Phase


def submit_until(application: Application) -> datetime | None:
    """The moment after which it can no longer be submitted; None if it cannot be at all."""
    if application.state == ApplicationState.CORRECTION:
        correction = application.corrections.order_by("-asked_at").first()
        return correction.due_at if correction else None
    if application.state != ApplicationState.STARTED:
        return None
    call = application.call
    until = call.closes_at if call.phase == Phase.APPLICATIONS else None
    extension = application.extensions.order_by("-until").first()
    if extension and (until is None or extension.until > until):
        return extension.until
    return until


def may_be_submitted(application: Application, at: datetime | None = None) -> bool:
    """Whether it can be submitted at this moment. Not before the call opens, and not when it closes."""
    now = at or timezone.now()
    until = submit_until(application)
    opens_at = application.call.opens_at
    return until is not None and now < until and (opens_at is None or now >= opens_at)
