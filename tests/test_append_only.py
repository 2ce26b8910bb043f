"""Tables whose rows are kept: not even all of them at once can be taken away."""

import pgtrigger
import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from accounts.actions.audit import record
from accounts.events import PersonEvent
from accounts.models import AuditEvent
from tests import builders

pytestmark = pytest.mark.django_db
KEEPS = {
    "append_only",
    "kept",
    "published_never_changes",
    "released_never_changes",
    "sent_never_changes",
}
KEPT = sorted(
    {model for model, trigger in pgtrigger.registered() if trigger.name in KEEPS},
    key=lambda model: model._meta.label,
)


def test_there_are_some() -> None:
    assert len(KEPT) == 33


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_truncate_is_refused(model: type[Model]) -> None:
    pgtrigger.enable(f"{model._meta.label}:never_emptied")
    with pytest.raises(ProgrammingError, match="are never taken away"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_no_session_can_leave_the_triggers_out() -> None:
    jo = builders.person("Jo")
    event = record(PersonEvent.RENAMED, by=jo, subject=jo)
    with (
        pgtrigger.ignore("accounts.AuditEvent:append_only"),
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        AuditEvent.objects.filter(pk=event.pk).delete()
