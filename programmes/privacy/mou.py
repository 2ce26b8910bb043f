"""What MOUs hold about people: who speaks for whom, who wrote what, who signed and how they were known."""

from accounts.personal import RECORD, WHO, Held, Term, declare
from programmes.actions.mou.retention import forget_codes, forget_traces

MOUS = "Memoranda of understanding"

SPEAKS = Held(
    "That you speak for your organisation in a memorandum of understanding, and your job title",
    "So that its partners know who stands for whom",
    RECORD,
)
SIGNS = Held(
    "Your name, job title and e-mail address as staff gave them, and what became of it when you were"
    " asked to sign",
    "So that you can be asked to sign, and partners can see who was",
    RECORD,
)
SIGNED = Held(
    "The name you typed, your job title, on what basis you signed, the words you agreed to, when, and"
    " how you were known",
    "It is the proof that your organisation agreed, and is printed in the sealed document",
    RECORD,
)
CAME = Held(
    "Your name, where a review of a memorandum says who came",
    "So that its partners know who decided what was decided there",
    RECORD,
)
READS = Held(
    "Your name and e-mail address, as somebody who reads along",
    "So that you get a link to what is being signed",
    RECORD,
)
TRACE = Held(
    "The network address and the browser from which you signed",
    "So that it can be looked into when somebody disputes a signature",
    Term("365 days after you signed", forget_traces),
)
CODE = Held(
    "That a one-time code was sent to you, and how often it was tried",
    "So that nobody but you can sign with your link",
    Term("Two days after it was sent; the code itself is not kept", forget_codes),
)

declare("programmes.MOUTemplate", MOUS, not_personal=["id", "programme", "title"])
declare(
    "programmes.TemplateClause",
    MOUS,
    not_personal=["id", "template", "key", "position", "heading", "text"],
)
declare(
    "programmes.MOU",
    MOUS,
    created_at=WHO,
    created_by=WHO,
    created_by_name=WHO,
    ended_at=WHO,
    ended_by=WHO,
    not_personal=[
        "id",
        "project",
        "title",
        "review_on",
        "ended_because",
        "site",
        "news_since",
        "news_until",
    ],
)
declare(
    "programmes.Party",
    MOUS,
    not_personal=["id", "mou", "organisation", "part", "joined_on", "left_on", "left_because"],
)
declare(
    "programmes.Representative",
    MOUS,
    person=SPEAKS,
    post=SPEAKS,
    added_at=WHO,
    added_by=WHO,
    ended_at=WHO,
    ended_by=WHO,
    not_personal=["id", "party"],
)
declare(
    "programmes.MOUReview",
    MOUS,
    came=CAME,
    recorded_at=WHO,
    recorded_by=WHO,
    recorded_by_name=WHO,
    not_personal=["id", "mou", "due_on", "held_on", "outcome", "next_on"],
)
declare("programmes.Clause", MOUS, not_personal=["id", "mou", "key", "concerns"])
declare(
    "programmes.Wording",
    MOUS,
    proposed_at=WHO,
    proposed_by=WHO,
    proposed_by_name=WHO,
    settled_at=WHO,
    settled_by=WHO,
    not_personal=[
        "id",
        "clause",
        "number",
        "heading",
        "text",
        "leaves_out",
        "reason",
        "based_on",
        "party",
        "state",
        "settled_because",
    ],
)
declare(
    "programmes.Stance",
    MOUS,
    taken_at=WHO,
    taken_by=WHO,
    taken_by_name=WHO,
    not_personal=["id", "wording", "party", "stance", "words"],
)
declare(
    "programmes.Remark",
    MOUS,
    made_at=WHO,
    made_by=WHO,
    made_by_name=WHO,
    not_personal=["id", "clause", "text", "party"],
)
declare(
    "programmes.MOUVersion",
    MOUS,
    not_personal=["id", "mou", "number", "state", "created_at", "sealed", "staff_told_at"],
)
declare(
    "programmes.VersionClause", MOUS, not_personal=["id", "version", "clause", "wording", "number"]
)
declare(
    "programmes.VersionChange",
    MOUS,
    changed_at=WHO,
    changed_by=WHO,
    changed_by_name=WHO,
    not_personal=["id", "version", "old", "new", "reason"],
)
declare(
    "programmes.Commitment",
    MOUS,
    made_at=WHO,
    made_by=WHO,
    made_by_name=WHO,
    not_personal=["id", "mou", "party", "clause", "what", "due_on", "seen_by", "state"],
)
declare(
    "programmes.CommitmentChange",
    MOUS,
    changed_at=WHO,
    changed_by=WHO,
    changed_by_name=WHO,
    not_personal=[
        "id",
        "commitment",
        "old",
        "new",
        "old_due_on",
        "new_due_on",
        "what_before",
        "seen_by_before",
        "reason",
    ],
)
declare(
    "programmes.Citation",
    MOUS,
    cited_at=WHO,
    cited_by=WHO,
    cited_by_name=WHO,
    not_personal=["id", "clause", "wording", "cited_in_type", "cited_in_id", "cited_in"],
)
declare(
    "programmes.Signing",
    MOUS,
    sent_at=WHO,
    sent_by=WHO,
    sent_by_name=WHO,
    not_personal=[
        "id",
        "version",
        "reference",
        "text",
        "text_sha256",
        "message",
        "site",
        "expires_at",
        "reminders_stop",
    ],
)
declare(
    "programmes.Signatory",
    MOUS,
    name=SIGNS,
    post=SIGNS,
    email=SIGNS,
    state=SIGNS,
    token_sha256=SIGNS,
    asked_at=SIGNS,
    reminded_at=SIGNS,
    handed_over_to=SIGNS,
    left_post_on=SIGNS,
    not_personal=["id", "signing", "party", "rule"],
)
declare(
    "programmes.SignatoryChange",
    MOUS,
    old=SIGNS,
    new=SIGNS,
    reason=SIGNS,
    changed_at=WHO,
    changed_by=WHO,
    changed_by_name=WHO,
    not_personal=["id", "signatory"],
)
declare(
    "programmes.CopiedIn",
    MOUS,
    name=READS,
    email=READS,
    token_sha256=READS,
    not_personal=["id", "signing"],
)
declare(
    "programmes.SigningCode",
    MOUS,
    signatory=CODE,
    code_hmac=CODE,
    sent_at=CODE,
    expires_at=CODE,
    tries=CODE,
    used_at=CODE,
    not_personal=["id", "text_sha256"],
)
declare(
    "programmes.Signature",
    MOUS,
    typed_name=SIGNED,
    post=SIGNED,
    authority=SIGNED,
    authority_words=SIGNED,
    consent=SIGNED,
    statement=SIGNED,
    method=SIGNED,
    signed_at=SIGNED,
    file=SIGNED,
    witnessed_by=WHO,
    witness_note=SIGNED,
    not_personal=["id", "signatory", "words_version", "text_sha256", "file_sha256"],
)
declare(
    "programmes.SignatureTrace",
    MOUS,
    address=TRACE,
    agent=TRACE,
    kept_until=TRACE,
    not_personal=["id", "signature"],
)
declare(
    "programmes.SigningEvent",
    MOUS,
    told=SIGNED,
    happened_at=SIGNED,
    not_personal=["id", "signing", "number", "previous_sha256", "sha256"],
)
