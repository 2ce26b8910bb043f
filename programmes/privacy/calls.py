"""What calls hold about people: who prepared and changed them."""

from accounts.personal import WHO, declare

CALLS = "Calls"

declare(
    "programmes.Call",
    CALLS,
    created_at=WHO,
    created_by=WHO,
    created_by_name=WHO,
    not_personal=[
        "id",
        "cohort",
        "title",
        "opens_at",
        "closes_at",
        "time_zone",
        "places_offered",
        "phase",
        "reading",
    ],
)
declare(
    "programmes.CallVersion",
    CALLS,
    published_at=WHO,
    published_by=WHO,
    published_by_name=WHO,
    not_personal=[
        "id",
        "call",
        "number",
        "text",
        "offered",
        "funding_asked",
        "change",
        "created_at",
    ],
)
PART = ["id", "version", "key", "position"]
declare(
    "programmes.Question",
    CALLS,
    not_personal=[
        *PART,
        "kind",
        "wording",
        "hint",
        "is_required",
        "word_limit",
        "minimum",
        "maximum",
        "choices",
        "must_be_yes",
    ],
)
declare(
    "programmes.Criterion",
    CALLS,
    not_personal=[*PART, "dimension", "weight", "looks_like_1", "looks_like_3", "looks_like_5"],
)
declare("programmes.Supporter", CALLS, not_personal=[*PART, "who", "asked", "amount"])
declare(
    "programmes.CallPhase",
    CALLS,
    not_personal=[
        "id",
        "call",
        "phase",
        "members_declare",
        "members_read",
        "members_score",
        "scores_of_others",
        "board_is_open",
        "decisions_are_prepared",
        "due_on",
    ],
)
declare(
    "programmes.PhaseChange",
    CALLS,
    changed_at=WHO,
    changed_by=WHO,
    changed_by_name=WHO,
    not_personal=["id", "call", "old", "new", "reason"],
)
