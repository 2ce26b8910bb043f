"""The versions of an MOU, and what differs between two of them."""

from dataclasses import dataclass, field

from documents.differences import Run
from programmes.models import MOU, MOUVersion, VersionChange, VersionClause, VersionState
from programmes.mou_states import FOR_PARTNERS
from programmes.queries.mou.touched import changed_clauses
from programmes.queries.mou.wordings import changed


@dataclass(frozen=True)
class VersionLine:
    version: MOUVersion
    changes: list[VersionChange] = field(default_factory=list)  # latest first

    @property
    def state(self) -> str:
        return FOR_PARTNERS[VersionState(self.version.state)]


@dataclass(frozen=True)
class ClauseDifference:
    """One clause that two versions do not have alike."""

    what: str
    heading: str
    key: str
    concerns: list[str]  # empty where it is everybody's
    runs: list[Run]


def version_lines(mou: MOU) -> list[VersionLine]:
    """Latest first, each with the changes of its state; in two queries."""
    lines = {version.pk: VersionLine(version) for version in mou.versions.order_by("-number")}
    changes = VersionChange.objects.filter(version__mou=mou).order_by("-changed_at", "-pk")
    for change in changes:
        lines[change.version_id].changes.append(change)
    return list(lines.values())


def difference_between(old: MOUVersion, new: MOUVersion) -> list[ClauseDifference]:
    return [
        ClauseDifference(
            what=_what(each.before, each.now),
            heading=each.either.wording.heading,
            key=each.either.clause.key,
            concerns=sorted(str(party) for party in each.either.clause.concerns.all()),
            runs=changed(
                each.before.wording if each.before else None,
                each.now.wording if each.now else None,
            ),
        )
        for each in changed_clauses(new, old)
    ]


def _what(before: VersionClause | None, now: VersionClause | None) -> str:
    if before and now:
        return f"Clause {now.number} is changed"
    return (
        f"Clause {now.number} is new"
        if now
        else f"Clause {before.number if before else ''} is left out"
    )
