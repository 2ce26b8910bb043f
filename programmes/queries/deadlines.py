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
    return open_until(application)


def open_until(application: Application) -> datetime | None:
    """Until when what the applicants have not handed in can be, whatever its state is now."""
    call = application.call
    until = call.closes_at if call.phase == Phase.APPLICATIONS else None
    extension = application.extensions.order_by("-until").first()
    if extension and (until is None or extension.until > until):
        return extension.until
    return until


def may_be_submitted(application: Application, at: datetime | None = None) -> bool:
    """Whether it can be submitted at this moment. Not before the call opens, and not when it closes."""
    return is_in_time(application, submit_until(application), at)


def is_in_time(
    application: Application, until: datetime | None, at: datetime | None = None
) -> bool:
    """The same for those who know `submit_until` already."""
    now = at or timezone.now()
    opens_at = application.call.opens_at
    return until is not None and now < until and (opens_at is None or now >= opens_at)


def may_be_taken_back(application: Application) -> bool:
    """Whether what was handed in can be changed and handed in again."""
    if application.state != ApplicationState.SUBMITTED:
        return False
    until = open_until(application)
    return until is not None and timezone.now() < until
