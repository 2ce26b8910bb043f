"""Those who write applications, and what they are told by e-mail."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.actions import mail
from accounts.models import Membership, Person
from accounts.roles import Role
from programmes.models import Application


def writers_of(applications: Iterable[Application]) -> QuerySet[Person]:
    """Everyone who writes one of the applications."""
    memberships = Membership.objects.filter(
        role=Role.APPLICANT,
        scope_type__app_label="programmes",
        scope_type__model="application",
        scope_id__in=[application.pk for application in applications],
    )
    return Person.objects.filter(memberships__in=memberships, is_active=True).distinct()


def tell_writers(applications: Iterable[Application], *, subject: str, words: str) -> None:
    """One message to each of them, after the commit."""
    for person in writers_of(applications):
        mail.send(to=person.email, subject=subject, text=f"Dear {person},\n\n{words}\n")
