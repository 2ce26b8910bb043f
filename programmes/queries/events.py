from django.db.models import Q, QuerySet

from accounts.models import AuditEvent, Person
from programmes.models import Programme

# Registers that all programmes share; what happens to people themselves is for operators alone.
REGISTERS = Q(scope_kind="") & (
    Q(subject_kind__startswith="places.")
    | Q(subject_kind__in=["programmes.lens", "programmes.lensversion"])
)


def events_of(programme: Programme) -> QuerySet[AuditEvent]:
    """What happened in one programme."""
    return AuditEvent.objects.filter(
        scope_kind=Programme._meta.label_lower, scope_id=str(programme.pk)
    )


def events_for(person: Person) -> QuerySet[AuditEvent]:
    """Everything, for operators; for staff, what happened to the shared registers and lenses."""
    if person.is_operator:
        return AuditEvent.objects.all()
    return AuditEvent.objects.filter(REGISTERS | Q(scope_kind="programmes.lens"))
