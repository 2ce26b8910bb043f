"""What others tell us of: a second step set up or taken away, and the end of a migration."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions.people import (
    SECOND_STEPS,
    note_second_step_given_up,
    note_second_step_set_up,
)
from accounts.models import Person
from accounts.models.append_only import refuse_to_ignore


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


@receiver(post_migrate, sender=apps.get_app_config("accounts"))
def migrated(*, using: str, **_: Any) -> None:
    refuse_to_ignore(using)
