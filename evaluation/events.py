"""What can happen in this room, as the audit trail names it."""

from accounts.models import AuditKind


class CaseStudyEvent(AuditKind):
    STARTED = "case_study.started", "Case study started"
    CHANGED = "case_study.changed", "Case study changed"
    STATUS_CHANGED = "case_study.status_changed", "Case study status changed"
