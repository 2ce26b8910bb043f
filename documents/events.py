"""The kinds of audit event of this room."""

from accounts.models import AuditKind


class DocumentEvent(AuditKind):
    REQUESTED = "documents.requested", "Document asked for"
    MADE = "documents.made", "Document made"
    FAILED = "documents.failed", "Document failed"
