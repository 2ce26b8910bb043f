"""Changes to people themselves."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import changes_between, record
from accounts.actions.memberships import end_role
from accounts.events import PersonEvent
from accounts.models import Person
from accounts.queries.second_factor import authenticators_of

SECOND_STEPS: dict[str, str] = {
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.WEBAUTHN: "Passkey",
}


@transaction.atomic
def person_with_address(*, email: str, name: str) -> Person:
    """Whoever has this address, which they have shown to be theirs; a new person, if we know nobody."""
    person, created = Person.objects.get_or_create(email=email, defaults={"name": name})
    if not person.is_active:
        raise ValidationError(
            "Your access to Placework has been ended. Ask the staff of the programme."
        )
    if created:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def rename_person(*, person: Person, name: str, by: Person) -> Person:
    """Change the name that stands beside what this person does from now on."""
    changes = changes_between(person, {"name": name})
    if changes:
        person.name = name
        person.save(update_fields=["name"])
        record(PersonEvent.RENAMED, by=by, subject=person, changes=changes)
    return person


@transaction.atomic
def create_operator(*, email: str, name: str, by: Person | None = None) -> Person:
    """Make somebody an operator, known to us or not. `by=None` is whoever has the command line."""
    person, _ = Person.objects.get_or_create(email=email, defaults={"name": name})
    if not person.is_active:
        raise ValidationError(f"The access of {person.email} has been ended.")
    if not person.is_operator:
        person.is_operator = True
        person.save(update_fields=["is_operator"])
        record(PersonEvent.OPERATOR_CREATED, by=by, subject=person)
    return person


@transaction.atomic
def note_second_step_set_up(*, person: Person, kind: str, session_key: str | None) -> None:
    """Tell of a passkey or an app. After the first, only the browser that set it up stays signed in.

    The others were let in without it, and one of them may not be this person's.
    """
    told = {"second_step": ["", SECOND_STEPS[kind]]}
    record(PersonEvent.SECOND_STEP_SET_UP, by=person, subject=person, changes=told)
    if len(authenticators_of(person)) == 1:
        sign_out_everywhere(person, but=session_key)


def note_second_step_given_up(*, person: Person, kind: str) -> None:
    """Tell that somebody took away a passkey or an app of their own."""
    told = {"second_step": [SECOND_STEPS[kind], ""]}
    record(PersonEvent.SECOND_STEP_GIVEN_UP, by=person, subject=person, changes=told)


@transaction.atomic
def remove_second_step(*, person: Person, by: Person | None = None) -> int:
    """For whoever lost it: passkeys, app and recovery codes. They set up another when they sign in."""
    removed: int = Authenticator.objects.filter(user=person).delete()[0]
    sign_out_everywhere(person)
    if removed:
        record(PersonEvent.SECOND_STEP_REMOVED, by=by, subject=person)
    return removed


@transaction.atomic
def end_access(*, person: Person, by: Person | None = None) -> Person:
    """End somebody's access for good. What they did stays, with their name."""
    if person.is_active:
        person.is_active = False
        person.is_operator = False
        person.save(update_fields=["is_active", "is_operator"])
        for membership in person.memberships.select_related("scope_type").order_by("pk"):
            end_role(membership, by=by)
        Authenticator.objects.filter(user=person).delete()
        sign_out_everywhere(person)
        record(PersonEvent.ACCESS_ENDED, by=by, subject=person)
    return person


def sign_out_everywhere(person: Person, *, but: str | None = None) -> None:
    """Sessions do not name their person, so each is read; there are few, and this is rare."""
    sessions = Session.objects.filter(expire_date__gte=timezone.now())
    for session in sessions.exclude(pk=but) if but else sessions:
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
