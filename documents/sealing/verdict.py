"""What checking a file found, in words, and in a form that travels between processes."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE  # a sealed document has a tenth of it


class Answer(StrEnum):
    """What a finding says; the value is what people read."""

    HOLDS = "Holds"
    DOES_NOT_HOLD = "Does not hold"
    UNKNOWN = "Cannot be known"


class Outcome(StrEnum):
    """What the findings come to; the value is the sentence that people read first."""

    SEALED = "This document is as it was sealed"
    CHANGED = "This document is not as it was sealed"
    UNKNOWN_SEAL = "This document carries a seal that Placework does not know"
    NOT_SEALED = "This document has no seal"
    REFUSED = "This file could not be checked"

    @property
    def exit_status(self) -> int:
        """0: all holds. 1: something does not. 2: it could not be checked."""
        return {Outcome.SEALED: 0, Outcome.REFUSED: 2}.get(self, 1)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `about` is its heading, `words` say what was found."""

    key: str
    about: str
    answer: Answer
    words: str


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Verdict:
    """All that was found about one file, which its SHA-256 names."""

    sha256: str
    size: int
    outcome: Outcome
    findings: tuple[Finding, ...]
    sealed_by: str = ""  # the certificate's subject
    fingerprint: str = ""  # the certificate's SHA-256
    sealed_at: datetime | None = None  # as the seal says, or its timestamp if there is one
    attached: tuple[Attached, ...] = ()

    def answer(self, key: str) -> Answer | None:
        """What was found under this key; None when it was not looked at."""
        return next((each.answer for each in self.findings if each.key == key), None)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"sealed_at": self.sealed_at and self.sealed_at.isoformat()}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Verdict":
        sealed_at = given["sealed_at"]
        findings = [each | {"answer": Answer(each["answer"])} for each in given["findings"]]
        return cls(
            **given
            | {
                "outcome": Outcome(given["outcome"]),
                "findings": tuple(Finding(**each) for each in findings),
                "sealed_at": datetime.fromisoformat(sealed_at) if sealed_at else None,
                "attached": tuple(Attached(**each) for each in given["attached"]),
            }
        )


def refused(sha256: str, size: int, words: str) -> Verdict:
    """Of a file that is not looked into any further."""
    finding = Finding("readable", "The file can be read", Answer.DOES_NOT_HOLD, words)
    return Verdict(sha256, size, Outcome.REFUSED, (finding,))


def too_large(sha256: str, size: int) -> Verdict:
    words = (
        f"The file has {size / MEGABYTE:.0f} MB. Files of {LARGEST // MEGABYTE} MB or more are not"
        " opened: no document that is sealed here is so large."
    )
    return refused(sha256, size, words)
