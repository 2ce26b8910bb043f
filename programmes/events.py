"""What the audit trail tells of programmes, cohorts, projects and imports."""

from accounts.models import AuditKind


class ProgrammeEvent(AuditKind):
    CREATED = "programme.created", "Programme added"
    CHANGED = "programme.changed", "Programme changed"
    IMPORTED = "programme.imported", "Programme imported from a file"


class CohortEvent(AuditKind):
    CREATED = "cohort.created", "Cohort added"
    CHANGED = "cohort.changed", "Cohort changed"


class ProjectEvent(AuditKind):
    CREATED = "project.created", "Project added"
    CHANGED = "project.changed", "Project changed"
