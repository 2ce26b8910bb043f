"""The kinds of audit event of this room."""

from accounts.models import AuditKind


class DocumentEvent(AuditKind):
    REQUESTED = "documents.requested", "Document asked for"
    MADE = "documents.made", "Document made"
    FAILED = "documents.failed", "Document failed"


class SealEvent(AuditKind):
    CERTIFICATE_MADE_KNOWN = "seal.certificate_made_known", "Certificate made public"
    CERTIFICATE_RETIRED = "seal.certificate_retired", "Certificate retired"
