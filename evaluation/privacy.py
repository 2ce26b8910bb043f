"""What this room holds about people."""

from accounts.personal import RECORD, WHO, Held, Term, declare

EVIDENCE = "Evidence: interviews, surveys, observations"
CASE_STUDIES = "Case studies"

SPEAKER = Held(
    "Who spoke, as a role and a place, never as a name",
    "So that readers know from where something is seen",
    RECORD,
)
SAID = Held(
    "What people said or wrote, and the file it came in",
    "To learn what happened. Only evaluators read it; others see the quotes that are published",
    RECORD,
)

declare("evaluation.Source", EVIDENCE, not_personal=["id", "project", "kind", "quantity"])
declare(
    "evaluation.Evidence",
    EVIDENCE,
    speaker_role=SPEAKER,
    speaker_place=SPEAKER,
    created_by=WHO,
    created_by_name=WHO,
    created_at=WHO,
    withdrawn_by=WHO,
    withdrawn_at=WHO,
    not_personal=[
        "id",
        "project",
        "source",
        "number",
        "title",
        "collected_on",
        "withdrawn_reason",
    ],
)
declare(
    "evaluation.TextVersion",
    EVIDENCE,
    text=SAID,
    file=SAID,
    file_name=SAID,
    created_by=WHO,
    created_by_name=WHO,
    created_at=WHO,
    not_personal=[
        "id",
        "evidence",
        "number",
        "length",
        "sha256",
        "warnings",
        "file_sha256",
    ],
)
WAITING = Held(
    "A file on its way into the evidence, with what was typed about it",
    "So that its text can be looked at before it is kept",
    Term("Until it is accepted or discarded, and a week at the most"),
)
declare(
    "evaluation.Upload",
    EVIDENCE,
    details=WAITING,
    file=WAITING,
    file_name=WAITING,
    text=WAITING,
    uploaded_by=WHO,
    uploaded_by_name=WHO,
    uploaded_at=WHO,
    not_personal=["id", "project", "evidence", "file_sha256", "warnings", "read_at"],
)
declare(
    "evaluation.Excerpt",
    EVIDENCE,
    speaker_role=SPEAKER,
    created_by=WHO,
    created_by_name=WHO,
    created_at=WHO,
    removed_by=WHO,
    removed_at=WHO,
    not_personal=["id", "project", "version", "number", "start", "end"],
)
declare(
    "evaluation.Coding",
    EVIDENCE,
    created_by=WHO,
    created_by_name=WHO,
    created_at=WHO,
    removed_by=WHO,
    removed_at=WHO,
    not_personal=["id", "excerpt", "dimension"],
)

declare(
    "evaluation.CaseStudy",
    CASE_STUDIES,
    created_by=WHO,
    created_by_name=WHO,
    created_at=WHO,
    not_personal=["id", "project", "type", "title", "status", "revision"],
)
declare(
    "evaluation.StatusChange",
    CASE_STUDIES,
    changed_by=WHO,
    changed_by_name=WHO,
    changed_at=WHO,
    not_personal=["id", "case_study", "old", "new", "revision", "reason"],
)
declare(
    "evaluation.Section",
    CASE_STUDIES,
    not_personal=["id", "case_study", "heading", "dimension", "text", "number"],
)
declare(
    "evaluation.SectionRevision",
    CASE_STUDIES,
    saved_by=WHO,
    saved_by_name=WHO,
    saved_at=WHO,
    not_personal=["id", "section", "number", "case_study_revision", "text"],
)
DRAFT = Held(
    "What you typed when somebody else had saved first",
    "So that it is not lost",
    Term("Until you settle it"),
)
declare(
    "evaluation.Draft",
    CASE_STUDIES,
    person=DRAFT,
    text=DRAFT,
    kept_at=DRAFT,
    not_personal=["id", "section", "window", "based_on"],
)
declare(
    "evaluation.QuotePlacement", CASE_STUDIES, not_personal=["id", "section", "excerpt", "position"]
)
