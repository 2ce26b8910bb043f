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


class LensEvent(AuditKind):
    CREATED = "lens.created", "Lens added"
    RENAMED = "lens.renamed", "Lens renamed"
    SHIPPED = "lens.shipped", "Lens version brought by Placework"
    DRAFTED = "lens.drafted", "Lens version drafted"
    CHANGED = "lens.changed", "Lens draft changed"
    PUBLISHED = "lens.published", "Lens version published"
    DISCARDED = "lens.discarded", "Lens draft discarded"


class DimensionEvent(AuditKind):
    ADDED = "dimension.added", "Dimension added to a draft"
    CHANGED = "dimension.changed", "Dimension changed in a draft"
    MOVED = "dimension.moved", "Dimension moved in a draft"
    REMOVED = "dimension.removed", "Dimension removed from a draft"
