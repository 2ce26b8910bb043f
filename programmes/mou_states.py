"""The states of an MOU's versions and of those who sign, as data: what follows what, and who does it.

`programmes.actions.mou.states` holds the only ways from one to another.
"""

from dataclasses import dataclass
from enum import StrEnum

from programmes.models import CommitmentState, SignatoryState, VersionState


class Actor(StrEnum):
    """Who takes a step. The first is a permission on the MOU; the others have none to ask."""

    STAFF = "programmes.manage_mou"
    SIGNATORY = "signatory"  # who came by their own link
    PLACEWORK = "placework"


@dataclass(frozen=True)
class VersionStep:
    old: VersionState
    new: VersionState
    actor: Actor
    label: str
    asks_reason: bool = False


_V = VersionState

VERSION_STEPS = (
    VersionStep(_V.DRAFT, _V.SENT, Actor.STAFF, "Send to be signed"),
    VersionStep(_V.SENT, _V.VOID, Actor.STAFF, "Void", True),
    VersionStep(_V.SENT, _V.EXPIRED, Actor.PLACEWORK, "Expire"),
    VersionStep(_V.SENT, _V.SIGNED, Actor.PLACEWORK, "Note that all have signed"),
    # Until it is sealed nothing is complete, and staff may still give it up.
    VersionStep(_V.SIGNED, _V.VOID, Actor.STAFF, "Void", True),
    VersionStep(_V.SIGNED, _V.SEALED, Actor.PLACEWORK, "Seal"),
    VersionStep(_V.SEALED, _V.SUPERSEDED, Actor.PLACEWORK, "Supersede"),
)

# What partners and signatories see a version called.
FOR_PARTNERS: dict[VersionState, str] = {
    _V.DRAFT: "Being written",
    _V.SENT: "Out to be signed",
    _V.SIGNED: "Signed by all, being sealed",
    _V.SEALED: "In force",
    _V.SUPERSEDED: "Replaced by a later version",
    _V.VOID: "Given up before it was sealed",
    _V.EXPIRED: "Not signed in time",
}


ENDED = "Ended"  # of an MOU, whatever its latest version is

# Of an MOU one version at a time is written or signed.
OUT = frozenset({_V.SENT, _V.SIGNED})  # what is agreed stays as it is until that is over
UNFINISHED = OUT | {_V.DRAFT}

# Commitments that are still to be done: only these can be overdue.
OPEN_COMMITMENTS = frozenset({CommitmentState.GOING, CommitmentState.SLIPPED})


@dataclass(frozen=True)
class SignatoryStep:
    old: SignatoryState
    new: SignatoryState
    actor: Actor
    asks_reason: bool = False


_S = SignatoryState
_OPEN = (_S.ASKED, _S.OPENED)

SIGNATORY_STEPS = (
    SignatoryStep(_S.ASKED, _S.OPENED, Actor.SIGNATORY),
    *(SignatoryStep(old, _S.SIGNED, Actor.SIGNATORY) for old in (*_OPEN, _S.PAPER)),
    *(SignatoryStep(old, _S.DECLINED, Actor.SIGNATORY, True) for old in (*_OPEN, _S.PAPER)),
    *(SignatoryStep(old, _S.HANDED_OVER, Actor.SIGNATORY, True) for old in (*_OPEN, _S.PAPER)),
    *(SignatoryStep(old, _S.HANDED_OVER, Actor.STAFF, True) for old in (*_OPEN, _S.PAPER)),
    *(SignatoryStep(old, _S.PAPER, Actor.SIGNATORY) for old in _OPEN),
    # Staff upload the signed page, also of somebody who never opened their link.
    *(SignatoryStep(old, _S.SIGNED, Actor.STAFF) for old in (*_OPEN, _S.PAPER)),
    # Somebody who declined may think again, as long as it is out to be signed.
    SignatoryStep(_S.DECLINED, _S.SIGNED, Actor.SIGNATORY),
    SignatoryStep(_S.DECLINED, _S.HANDED_OVER, Actor.STAFF, True),
    *(
        SignatoryStep(old, _S.NOT_NEEDED, Actor.PLACEWORK)
        for old in (*_OPEN, _S.PAPER, _S.DECLINED)
    ),
)

WAITING = frozenset({_S.ASKED, _S.OPENED, _S.PAPER})


def version_steps_from(state: str) -> list[VersionStep]:
    return [step for step in VERSION_STEPS if step.old == state]


def signatory_steps_from(state: str) -> list[SignatoryStep]:
    return [step for step in SIGNATORY_STEPS if step.old == state]
