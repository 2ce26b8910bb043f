"""What the audit trail tells of evaluation. Texts, quotes and titles never go into it: staff read it."""

from accounts.models import AuditKind


class CaseStudyEvent(AuditKind):
    STARTED = "evaluation.case_study_started", "Case study started"
    CHANGED = "evaluation.case_study_changed", "Case study changed"
    STATUS_CHANGED = "evaluation.case_study_status_changed", "Case study status changed"


class EvidenceEvent(AuditKind):
    ADDED = "evaluation.evidence_added", "Evidence added"
    CHANGED = "evaluation.evidence_changed", "Evidence details changed"
    TEXT_REPLACED = "evaluation.evidence_text_replaced", "New version of an evidence text"
    WITHDRAWN = "evaluation.evidence_withdrawn", "Evidence withdrawn"
    SOURCES_DECLARED = "evaluation.sources_declared", "Number of sources declared"


class CodingEvent(AuditKind):
    CODED = "evaluation.excerpt_coded", "Excerpt coded"
    UNCODED = "evaluation.excerpt_uncoded", "Coding taken back"
    REMOVED = "evaluation.excerpt_removed", "Excerpt removed"
    SPEAKER_CHANGED = "evaluation.excerpt_speaker_changed", "Role of who spoke changed"
    CARRIED = "evaluation.excerpt_carried", "Excerpt carried to a new version"
