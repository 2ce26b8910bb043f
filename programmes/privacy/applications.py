"""What applications hold about people: who wrote them, who supports them, and what they wrote."""

from accounts.personal import RECORD, WHO, Held, declare

APPLICATIONS = "Applications to calls"

ANSWERED = Held(
    "What you and your colleagues answered, and people's names if you wrote them there",
    "So that the panel can judge your application, and you can read later what you applied with",
    RECORD,
)
SUPPORT = Held(
    "Your name, job title, organisation and e-mail address as those who apply gave them, and what"
    " you confirmed",
    "So that you can confirm your support of an application by a link in a mail",
    RECORD,
)

declare(
    "programmes.Application",
    APPLICATIONS,
    started_at=WHO,
    started_by=WHO,
    started_by_name=WHO,
    not_personal=["id", "call", "number", "place_name", "place", "state"],
)
declare(
    "programmes.ApplicationChange",
    APPLICATIONS,
    changed_at=WHO,
    changed_by=WHO,
    changed_by_name=WHO,
    not_personal=["id", "application", "old", "new", "reason"],
)
declare(
    "programmes.AttachedFile",
    APPLICATIONS,
    uploaded_at=WHO,
    uploaded_by=WHO,
    uploaded_by_name=WHO,
    file=ANSWERED,
    file_name=ANSWERED,
    not_personal=["id", "application", "key", "size", "sha256"],
)
declare(
    "programmes.Answer",
    APPLICATIONS,
    value=ANSWERED,
    not_personal=["id", "application", "key", "number"],
)
declare(
    "programmes.AnswerRevision",
    APPLICATIONS,
    value=ANSWERED,
    saved_at=WHO,
    saved_by=WHO,
    saved_by_name=WHO,
    not_personal=["id", "answer", "number"],
)
DRAFT = Held(
    "What you typed when a colleague had saved the same answer",
    "So that nothing you wrote is lost",
    RECORD,
)
declare(
    "programmes.AnswerDraft",
    APPLICATIONS,
    person=DRAFT,
    value=DRAFT,
    kept_at=DRAFT,
    not_personal=["id", "answer", "window", "based_on"],
)
declare(
    "programmes.Submission",
    APPLICATIONS,
    answers=ANSWERED,
    submitted_at=WHO,
    submitted_by=WHO,
    submitted_by_name=WHO,
    not_personal=["id", "application", "number", "version", "sha256"],
)
declare(
    "programmes.Extension",
    APPLICATIONS,
    granted_at=WHO,
    granted_by=WHO,
    granted_by_name=WHO,
    not_personal=["id", "application", "until", "reason"],
)
declare(
    "programmes.Support",
    APPLICATIONS,
    name=SUPPORT,
    post=SUPPORT,
    organisation=SUPPORT,
    email=SUPPORT,
    words=SUPPORT,
    answered_at=SUPPORT,
    is_confirmed=SUPPORT,
    amount=SUPPORT,
    asked_at=WHO,
    asked_by=WHO,
    asked_by_name=WHO,
    not_personal=["id", "application", "key", "token_sha256", "expires_at", "withdrawn_at"],
)
declare(
    "programmes.Correction",
    APPLICATIONS,
    asked_at=WHO,
    asked_by=WHO,
    asked_by_name=WHO,
    not_personal=["id", "application", "asked", "due_at", "submission"],
)
