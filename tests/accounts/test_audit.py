"""The audit trail: written with its action, and never changed."""

import pytest
from django.db import ProgrammingError, connection, transaction

from accounts.actions.audit import changes_between, record, record_each
from accounts.actions.people import rename_person
from accounts.events import PersonEvent
from accounts.models import AuditEvent, Person
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> AuditEvent:
    jo = builders.person("Jo")
    return record(PersonEvent.RENAMED, by=jo, subject=jo, scope=builders.programme())


@pytest.mark.parametrize(
    "write", ["UPDATE accounts_auditevent SET by_name = 'x'", "DELETE FROM accounts_auditevent"]
)
def test_the_database_refuses_to_change_it(event: AuditEvent, write: str) -> None:
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        connection.cursor().execute(write)
    assert AuditEvent.objects.get().by_name == "Jo"


def test_so_does_the_model(event: AuditEvent) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        event.delete()
    with pytest.raises(ProgrammingError), transaction.atomic():
        AuditEvent.objects.update(kind="x")


def rename_and_fail(jo: Person) -> None:
    with transaction.atomic():
        rename_person(person=jo, name="Josephine", by=jo)
        raise RuntimeError


def test_what_did_not_happen_is_not_told() -> None:
    jo = builders.person("Jo")
    with pytest.raises(RuntimeError):
        rename_and_fail(jo)
    assert Person.objects.get().name == "Jo"
    assert not AuditEvent.objects.exists()


def test_it_tells_who_what_old_and_new() -> None:
    jo = builders.person("Jo")
    rename_person(person=jo, name="Josephine", by=jo)
    event = AuditEvent.objects.get()
    assert (event.kind, event.by_id, event.subject_kind) == (
        "person.renamed",
        str(jo.pk),
        "accounts.person",
    )
    assert event.changes == {"name": ["Jo", "Josephine"]}


def test_no_change_is_not_told() -> None:
    jo = builders.person("Jo")
    rename_person(person=jo, name="Jo", by=jo)
    assert not AuditEvent.objects.exists()


def test_it_outlives_what_it_tells_of(event: AuditEvent) -> None:
    Person.objects.filter(name="Jo").delete()
    assert AuditEvent.objects.get().by_name == "Jo"


def test_the_system_has_a_name() -> None:
    assert record(PersonEvent.RENAMED, by=None, subject=builders.person()).by_name == "Placework"


def test_many_events_are_one_statement(django_assert_num_queries) -> None:
    people = [builders.person() for _ in range(10)]
    with django_assert_num_queries(1):
        record_each(
            PersonEvent.RENAMED,
            by=people[0],
            subjects=[(person, {"name": ["", person.name]}) for person in people],
        )
    assert AuditEvent.objects.count() == 10


def test_changes_are_text() -> None:
    jo = builders.person("Jo")
    assert changes_between(jo, {"name": None, "email": jo.email}) == {"name": ["Jo", ""]}


def test_it_is_searched_by_word(event: AuditEvent) -> None:
    assert AuditEvent.objects.filter(search="jo").exists()
