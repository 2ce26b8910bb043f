"""What panels hold about their members, and what decisions and letters say of who made them."""

from accounts.personal import RECORD, WHO, Held, Term, declare

PANELS = "Panels and decisions"

SEAT = Held(
    "That you sit on the panel of a call, for which organisation, and why you left, if you did",
    "So that the panel can work, and everybody can see who decided",
    RECORD,
)
INTEREST = Held(
    "Which conflicts of interest you declared, and what staff made of them",
    "So that nobody judges an application in which they have an interest",
    RECORD,
)
SCORED = Held(
    "Your scores and comments",
    "So that the panel can decide, and applicants get feedback; evaluators see them without names",
    RECORD,
)
NOTE = Held(
    "Notes that you write for yourself, which nobody else can read",
    "So that you can remember what you thought",
    Term("Until you delete them"),
)

declare(
    "programmes.PanelMember",
    PANELS,
    person=SEAT,
    organisation=SEAT,
    is_chair=SEAT,
    removed_because=SEAT,
    added_at=WHO,
    added_by=WHO,
    removed_at=WHO,
    removed_by=WHO,
    not_personal=["id", "call"],
)
declare(
    "programmes.Interest",
    PANELS,
    member=INTEREST,
    is_declared=INTEREST,
    declared=INTEREST,
    declared_at=INTEREST,
    hints=INTEREST,
    standing=INTEREST,
    settled_because=INTEREST,
    settled_at=WHO,
    settled_by=WHO,
    settled_by_name=WHO,
    not_personal=["id", "application"],
)
declare(
    "programmes.Assignment",
    PANELS,
    member=SEAT,
    not_personal=["id", "application"],
)
declare(
    "programmes.ScoreSheet",
    PANELS,
    member=SCORED,
    comment=SCORED,
    saved_at=SCORED,
    submitted_at=SCORED,
    unsaved=SCORED,
    not_personal=["id", "application", "number"],
)
declare(
    "programmes.Score",
    PANELS,
    value=SCORED,
    comment=SCORED,
    not_personal=["id", "sheet", "criterion"],
)
declare(
    "programmes.SubmittedScores",
    PANELS,
    values=SCORED,
    submitted_at=SCORED,
    not_personal=["id", "sheet", "number"],
)
declare(
    "programmes.PrivateNote",
    PANELS,
    member=NOTE,
    text=NOTE,
    written_at=NOTE,
    not_personal=["id", "application"],
)
declare(
    "programmes.Lot",
    PANELS,
    drawn_at=WHO,
    drawn_by=WHO,
    drawn_by_name=WHO,
    not_personal=["id", "call", "seed", "between", "drawn", "reason"],
)
declare(
    "programmes.Decision",
    PANELS,
    prepared_at=WHO,
    prepared_by=WHO,
    prepared_by_name=WHO,
    released_at=WHO,
    released_by=WHO,
    not_personal=["id", "application", "outcome", "reserve_order", "reason", "lot"],
)
declare(
    "programmes.DecisionChange",
    PANELS,
    changed_at=WHO,
    changed_by=WHO,
    changed_by_name=WHO,
    not_personal=["id", "application", "number", "outcome", "reserve_order", "reason", "lot"],
)
declare("programmes.Feedback", PANELS, not_personal=["id", "application", "criterion", "text"])
declare(
    "programmes.LetterTemplate",
    PANELS,
    not_personal=["id", "call", "outcome", "subject", "text"],
)
declare(
    "programmes.Letter",
    PANELS,
    read_at=WHO,
    read_by=WHO,
    not_personal=[
        "id",
        "application",
        "outcome",
        "reserve_order",
        "subject",
        "text",
        "is_edited",
        "number",
        "decision_number",
        "sent_at",
    ],
)
declare(
    "programmes.MoveUp",
    PANELS,
    moved_at=WHO,
    moved_by=WHO,
    moved_by_name=WHO,
    not_personal=["id", "application", "in_place_of", "reason", "subject", "text"],
)
