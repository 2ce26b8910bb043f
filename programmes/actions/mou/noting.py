"""What is done to an MOU stands in the audit trail of its programme."""

from collections.abc import Mapping

from accounts.actions.audit import record
from accounts.models import AuditEvent, Person
from programmes.events import MOUEvent
from programmes.models import MOU, MOUTemplate, MOUVersion, Programme

Subject = MOU | MOUTemplate | MOUVersion


def note(
    kind: MOUEvent,
    subject: Subject,
    *,
    by: Person | None,
    changes: Mapping[str, list[str]] | None = None,
) -> AuditEvent:
    """`changes` are {"what": [old, new]}. `by=None` is Placework itself."""
    told = dict(changes or {})
    return record(kind, by=by, subject=subject, scope=_programme_of(subject), changes=told)


def _programme_of(subject: Subject) -> Programme:
    match subject:
        case MOUTemplate():
            return subject.programme
        case MOUVersion():
            return subject.mou.project.programme
        case MOU():
            return subject.project.programme
