"""Who spoke is a role and a place. What reads like somebody's name is worth a second look."""

import re

TITLES = re.compile(
    r"\b(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|cllr)\.?\s+[A-Z]", re.I
)
WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
# Words of roles, which people write with capitals too.
OF_ROLES = re.compile(
    r"\b(advis[eo]r|ambulance|analyst|assistant|board|cabinet|carer|ceo|chair|chief|clerk|clinical"
    r"|commissioner|community|consultant|co-?ordinator|council|councillor|deputy|director|doctor"
    r"|elected|enabler|executive|facilitator|finance|gp|head|health|housing|lead|leader|local|manager"
    r"|mayor|member|nhs|nurse|officer|operations|partner|patient|police|practitioner|programme"
    r"|project|public|representative|resident|school|senior|services?|social|staff|strategic|team"
    r"|trustee|user|voluntary|volunteer|worker|youth)\b",
    re.IGNORECASE,
)


def reads_like_a_name(role: str) -> bool:
    """Whether this says a person rather than a role: "Ann Smith", "Cllr Jones". A guess, for a hint."""
    if TITLES.search(role):
        return True
    if OF_ROLES.search(role):
        return False
    words = WORD.findall(role)
    named = [word for word in words if word[0].isupper() and not word.isupper()]
    return 2 <= len(words) <= 3 and named == words
