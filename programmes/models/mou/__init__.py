"""The memorandum of understanding of a project: its parties, clauses, signatures and commitments."""

from programmes.models.mou.citation import Citation
from programmes.models.mou.clause import Clause, Remark, Stance, StanceKind, Wording, WordingState
from programmes.models.mou.commitment import Commitment, CommitmentChange, CommitmentState
from programmes.models.mou.memorandum import MOU, MOUReview, Party, Representative
from programmes.models.mou.signing import (
    Authority,
    CopiedIn,
    Method,
    Signatory,
    SignatoryChange,
    SignatoryState,
    Signature,
    SignatureTrace,
    Signing,
    SigningCode,
    SigningEvent,
    SigningRule,
)
from programmes.models.mou.template import MOUTemplate, TemplateClause
from programmes.models.mou.version import MOUVersion, VersionChange, VersionClause, VersionState

__all__ = [
    "MOU",
    "Authority",
    "Citation",
    "Clause",
    "Commitment",
    "CommitmentChange",
    "CommitmentState",
    "CopiedIn",
    "MOUReview",
    "MOUTemplate",
    "MOUVersion",
    "Method",
    "Party",
    "Remark",
    "Representative",
    "Signatory",
    "SignatoryChange",
    "SignatoryState",
    "Signature",
    "SignatureTrace",
    "Signing",
    "SigningCode",
    "SigningEvent",
    "SigningRule",
    "Stance",
    "StanceKind",
    "TemplateClause",
    "VersionChange",
    "VersionClause",
    "VersionState",
    "Wording",
    "WordingState",
]
