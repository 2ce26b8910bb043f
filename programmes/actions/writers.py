"""What those who write applications are told by e-mail."""

from collections.abc import Iterable

from accounts.actions import mail
from programmes.models import Application
from programmes.queries.writers import writers_of


def tell_writers(applications: Iterable[Application], *, subject: str, words: str) -> None:
    """One message to each of them, after the commit."""
    for person in writers_of(applications):
        mail.send(to=person.email, subject=subject, text=f"Dear {person},\n\n{words}\n")
