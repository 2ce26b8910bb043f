"""Those who write applications, and what they are told by e-mail."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from accounts.actions import mail
from accounts.models import Membership, Person
from accounts.roles import Role
from programmes.models import Application


def writers_of(applications: Iterable[Application]) -> QuerySet[Person]:
    """Everyone who writes one of the applications."""
    memberships = Membership.objects.filter(
        role=Role.APPLICANT,
        scope_type=ContentType.objects.get_for_model(Application),
        scope_id__in=[application.pk for application in applications],
    )
    return Person.objects.filter(pk__in=memberships.values("person"), is_active=True)


def tell_writers(applications: Iterable[Application], *, subject: str, words: str) -> None:
    """One message to each of them, after the commit."""
    for person in writers_of(applications):
        mail.send(to=person.email, subject=subject, text=f"Dear {person},\n\n{words}\n")
