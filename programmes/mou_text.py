"""What is agreed, as canonical JSON: the one thing that every signer sees, signs and can recompute.

Keys are sorted, there is no white space between tokens, and text is in Unicode's NFC, so that the
same agreement gives the same bytes, and the same SHA-256, whoever writes it down (after RFC 8785,
of which no numbers but whole ones are needed here).
"""

import hashlib
import json
import unicodedata
from typing import Any, TypedDict

FORMAT = "placework-mou/1"


class AgreedParty(TypedDict):
    organisation: str
    part: str


class AgreedClause(TypedDict):
    number: int
    key: str
    heading: str
    text: str
    concerns: list[str]  # organisations; none where it is everybody's


class AgreedCommitment(TypedDict):
    party: str
    what: str
    due_on: str  # ISO 8601; empty where no day is said
    seen_by: str


class Agreed(TypedDict):
    format: str
    programme: str
    project: str
    place: str
    title: str
    version: int
    review_on: str
    parties: list[AgreedParty]
    clauses: list[AgreedClause]
    commitments: list[AgreedCommitment]


def canonical(content: object) -> str:
    """One line of JSON: the same for equal content."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Agreed:
    """Back from `canonical`."""
    agreed: Any = json.loads(text)
    if agreed.get("format") != FORMAT:
        raise ValueError("This is not the text of an MOU as Placework writes it down.")
    return agreed  # type: ignore[no-any-return]
