"""Changes to people themselves."""

from django.db import transaction

from accounts.actions.audit import changes_between, record
from accounts.events import PersonEvent
from accounts.models import Person


@transaction.atomic
def rename_person(*, person: Person, name: str, by: Person) -> Person:
    """Change the name that stands beside what this person does from now on."""
    changes = changes_between(person, {"name": name})
    if changes:
        person.name = name
        person.save(update_fields=["name"])
        record(PersonEvent.RENAMED, by=by, subject=person, changes=changes)
    return person
