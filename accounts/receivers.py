"""What django-allauth tells us of: somebody set up a second step, or took one away."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions.people import (
    SECOND_STEPS,
    note_second_step_given_up,
    note_second_step_set_up,
)
from accounts.models import Person


@receiver(authenticator_added)
def second_step_set_up(
    *, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any
) -> None:
    if authenticator.type in SECOND_STEPS:  # recovery codes only stand in
        note_second_step_set_up(
            person=user, kind=authenticator.type, session_key=request.session.session_key
        )


@receiver(authenticator_removed)
def second_step_given_up(*, user: Person, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in SECOND_STEPS:
        note_second_step_given_up(person=user, kind=authenticator.type)
