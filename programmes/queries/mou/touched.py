"""Whom a version touches: who must consent to it, and who is only told."""

from dataclasses import dataclass

from programmes.models import MOUVersion, Party, VersionClause, VersionState


@dataclass(frozen=True)
class ChangedClause:
    """One clause that differs from the version in force; `now` or `before` is missing where it is new,
    or left out.
    """

    before: VersionClause | None
    now: VersionClause | None

    @property
    def either(self) -> VersionClause:
        either = self.now or self.before
        assert either is not None
        return either


def in_force(version: MOUVersion) -> MOUVersion | None:
    """The version of the same MOU that is sealed and stands."""
    rows = MOUVersion.objects.filter(mou=version.mou_id, state=VersionState.SEALED)
    return rows.order_by("pk").first()  # the order of the model joins other tables


def changed_clauses(version: MOUVersion, standing: MOUVersion | None) -> list[ChangedClause]:
    """What `version` changes, in its order, and what it leaves out last. The number alone is no change."""
    before = _by_clause(standing) if standing else {}
    now = _by_clause(version)
    changed = [
        ChangedClause(before.get(clause), row)
        for clause, row in now.items()
        if clause not in before or before[clause].wording_id != row.wording_id
    ]
    gone = [ChangedClause(row, None) for clause, row in before.items() if clause not in now]
    return changed + gone


def must_consent(version: MOUVersion) -> list[Party]:
    """All parties for a first version; later those whose clauses changed, and those who joined since."""
    now = version.mou.parties.filter(left_on=None).select_related("organisation")
    parties = list(now.only("mou", "organisation__name").order_by("pk"))
    standing = in_force(version) if version.number > 1 else None
    if standing is None:
        return parties
    concerned: set[int] = set()
    for change in changed_clauses(version, standing):
        whose = {party.pk for party in change.either.clause.concerns.all()}
        if not whose:
            return parties
        concerned |= whose
    signed = set(standing.signing.signatories.values_list("party", flat=True))
    signed |= _consented_before(standing)
    return [party for party in parties if party.pk in concerned or party.pk not in signed]


def _consented_before(standing: MOUVersion) -> set[int]:
    """Those who agreed to an earlier version that was sealed, and were not asked again since."""
    earlier = MOUVersion.objects.filter(
        mou=standing.mou_id, state=VersionState.SUPERSEDED, number__lt=standing.number
    )
    return set(earlier.values_list("signing__signatories__party", flat=True))


def _by_clause(version: MOUVersion) -> dict[int, VersionClause]:
    rows = version.clauses.select_related("clause", "wording").prefetch_related(
        "clause__concerns__organisation"
    )
    return {row.clause_id: row for row in rows.order_by("number")}
