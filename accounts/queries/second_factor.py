"""Who must have a second step to sign in, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.models import Person
from accounts.roles import Role

NEEDED_BY = (Role.STAFF, Role.EVALUATOR)
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes only stand in


def needs_second_factor(person: Person) -> bool:
    return person.is_operator or person.holds_anywhere(*NEEDED_BY)


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type__in=REAL).exists())


def address_has_second_factor(email: str) -> bool:
    """Whether somebody who may sign in with this address has one."""
    held = Authenticator.objects.filter(type__in=REAL, user__email=email, user__is_active=True)
    return bool(held.exists())


def must_set_up(person: Person) -> bool:
    """Whether this person may go nowhere else before they have a second step."""
    required: bool = settings.SECOND_FACTOR_REQUIRED
    return required and needs_second_factor(person) and not has_second_factor(person)


def authenticators_of(person: Person) -> list[Authenticator]:
    """Passkeys and apps, in the order in which they were set up."""
    return list(Authenticator.objects.filter(user=person, type__in=REAL).order_by("created_at"))
