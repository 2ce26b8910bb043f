"""One wording, and one clause, as their pages show them."""

from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from documents.differences import Run, differences
from programmes.models import (
    MOU,
    Clause,
    MOUVersion,
    Party,
    Remark,
    Stance,
    VersionClause,
    VersionState,
    Wording,
    WordingState,
)
from programmes.queries.mou.drafting import (
    Member,
    Said,
    draft_among,
    standing,
    versions_of,
    written,
)


@dataclass(frozen=True)
class PartyRow:
    """How one party stands to each of some wordings; nothing where it has not said."""

    member: Member
    said: list[Said | None]


@dataclass(frozen=True)
class Shown:
    """One wording beside the clause as it stands."""

    wording: Wording
    standing: Wording | None  # in the draft; or what it was based on, once it is settled
    number: int | None  # the clause's, in the draft
    is_written: bool  # whether there is a draft
    parties: list[PartyRow]

    @property
    def is_open(self) -> bool:
        return self.wording.state == WordingState.PROPOSED

    @property
    def is_standing(self) -> bool:
        return self.standing is not None and self.standing.pk == self.wording.pk

    @property
    def takes_stances(self) -> bool:
        return self.is_written and (self.is_open or self.is_standing)

    @property
    def columns(self) -> list[str]:
        return ["Stance"]

    @property
    def has_moved_on(self) -> bool:
        """The clause is another now than the one that the proposal was made for."""
        now = self.standing.pk if self.standing else None
        return self.is_open and self.wording.based_on_id != now

    @property
    def runs(self) -> list[Run]:
        return changed(self.standing, self.wording)


def changed(old: Wording | None, new: Wording | None) -> list[Run]:
    """The difference of two wordings, headings too."""
    return differences(_whole(old), _whole(new))


def _whole(wording: Wording | None) -> str:
    if wording is None or wording.leaves_out:
        return ""
    return f"{wording.heading}\n\n{wording.text}"


def shown(mou: MOU, wording: Wording, *, with_parties: bool = True) -> Shown:
    draft = draft_among(versions_of(mou))
    here = (
        draft.clauses.filter(clause=wording.clause_id).select_related("wording").first()
        if draft
        else None
    )
    standing = here.wording if here else None
    if wording.state != WordingState.PROPOSED and (not standing or standing.pk != wording.pk):
        standing = wording.based_on
    return Shown(
        wording=wording,
        standing=standing,
        number=here.number if here else None,
        is_written=draft is not None,
        parties=party_rows(mou, [wording.pk]) if with_parties else [],
    )


def party_rows(mou: MOU, wordings: list[int]) -> list[PartyRow]:
    members, stances = standing(mou, wordings)
    return [
        PartyRow(member, [stances.get(pk, {}).get(member.pk) for pk in wordings])
        for member in members
    ]


@dataclass(frozen=True)
class ClausePage:
    """A clause in one version (the latest), with all that was ever said of it."""

    clause: Clause
    version: MOUVersion
    number: int | None
    standing: Wording | None
    is_written: bool
    proposals: list[Wording]
    settled: list[Wording]
    parties: list[PartyRow]
    remarks: list[Remark]
    concerns: list[str]
    last_number: int

    @property
    def columns(self) -> list[str]:
        """Of the table of stances."""
        as_it_stands = ["As it stands"] if self.standing else []
        return as_it_stands + [f"Proposal {each.number}" for each in self.proposals]

    @property
    def heading(self) -> str:
        if self.standing:
            return self.standing.heading
        latest = [*self.proposals, *self.settled]
        return latest[0].heading if latest else self.clause.key


def clause_page(mou: MOU, clause: Clause) -> ClausePage:
    version = versions_of(mou)[0]
    numbered = {
        row.clause_id: row for row in version.clauses.only("clause", "wording", "number", "version")
    }
    here = numbered.get(clause.pk)
    wordings = list(clause.wordings.select_related("party__organisation").order_by("-number"))
    standing = next((each for each in wordings if here and each.pk == here.wording_id), None)
    is_written = draft_among([version]) is not None
    proposed = [each for each in wordings if each.state == WordingState.PROPOSED]
    proposals = proposed if is_written else []
    columns = [each.pk for each in ([standing] if standing else []) + proposals]
    parties = clause.concerns.order_by("organisation__name")
    return ClausePage(
        clause=clause,
        version=version,
        number=here.number if here else None,
        standing=standing,
        is_written=is_written,
        proposals=proposals,
        settled=[each for each in wordings if each.settled_at and each != standing],
        parties=party_rows(mou, columns),
        remarks=list(clause.remarks.select_related("party__organisation").order_by("pk")),
        concerns=list(parties.values_list("organisation__name", flat=True)),
        last_number=len(numbered),
    )


@dataclass(frozen=True)
class TableRow:
    """One wording, and how each party stands to it, in the order of the table's columns."""

    label: str
    key: str
    wording_number: int | None  # of a proposal; none for the clause as it stands
    said: list[Said | None]


def stances_table(mou: MOU) -> tuple[list[Member], list[TableRow]]:
    """Every clause of the latest version, each followed by its proposals, and new clauses last."""
    now = written(versions_of(mou)[0])
    members, stances = standing(mou, now.wording_ids)

    def row(label: str, key: str, wording: int, number: int | None = None) -> TableRow:
        said = stances.get(wording, {})
        return TableRow(label, key, number, [said.get(member.pk) for member in members])

    rows = []
    for line in now.lines:
        rows.append(row(f"{line.number}. {line.heading}", line.key, line.wording_id))
        rows += [row(each.title, each.key, each.wording_id, each.number) for each in line.proposals]
    rows += [
        row(each.title, each.key, each.wording_id, each.number)
        for each in now.proposals
        if each.is_new
    ]
    return members, rows


def unsaid_by(party: Party) -> list[Wording]:
    """Proposals first, then the clauses of the draft, to which the party has not said how it stands."""
    draft = draft_among(versions_of(party.mou))
    if draft is None:
        return []
    said = Stance.objects.filter(party=party, wording=OuterRef("pk"))
    here = VersionClause.objects.filter(version=draft, clause=OuterRef("clause"))
    rows = Wording.objects.filter(
        Q(state=WordingState.PROPOSED) | Q(in_versions__version=draft), clause__mou=party.mou
    )
    return list(
        rows.filter(~Exists(said))
        .select_related("clause", "party__organisation")
        .annotate(clause_number=Subquery(here.values("number")))
        .order_by(
            Case(When(state=WordingState.PROPOSED, then=0), default=1),
            F("clause_number").asc(nulls_last=True),
            "number",
        )
    )


def standing_of(mou: MOU, proposals: list[Wording]) -> dict[int, Wording]:
    """The wording that the draft has of each clause for which there is a proposal."""
    clauses = {each.clause_id for each in proposals if each.state == WordingState.PROPOSED}
    rows = VersionClause.objects.filter(
        version__mou=mou, version__state=VersionState.DRAFT, clause__in=clauses
    )
    return {row.clause_id: row.wording for row in rows.select_related("wording")}
