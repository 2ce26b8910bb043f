"""How alive an MOU is: five plain measures as they stand, or stood, at the end of a day. Never added up.

Freshness: days since the partners last reviewed it (or since it came into force).
Use: clauses cited in the 90 days before, of how many; only by what every partner of the place may read.
Breadth: parties that touched it in the 90 days before (proposed, took a stance, remarked, made or
updated a commitment), of how many.
Renewal: review dates that were kept (held within 14 days of the day), of those that were due; and the
median of days from a proposal to its being settled.
Currency: signatories of what is in force who still hold their post, of how many.

A past day is computed from the rows of today: a stance that was taken again counts on its last day alone.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from django.utils import timezone

from programmes.models import MOU
from programmes.queries.mou.citations import open_citations
from programmes.queries.mou.drafting import fetched

WINDOW = timedelta(days=90)
GRACE = timedelta(days=14)  # a review so many days after its date still kept it


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True)
class Liveness:
    """As things stood at the end of one day; None where there is nothing to measure yet."""

    on: date
    freshness: int | None  # days
    is_reviewed: bool  # else its freshness is counted from when it came into force
    use: Share
    breadth: Share
    reviews_kept: Share
    days_to_settle: int | None
    currency: Share


@dataclass(frozen=True)
class _Version:
    number: int
    begun_on: date
    sealed_on: date | None
    clauses: frozenset[int]

    def is_sealed(self, day: date) -> bool:
        return self.sealed_on is not None and self.sealed_on <= day


@dataclass(frozen=True)
class _Review:
    held_on: date
    due_on: date | None

    @property
    def is_kept(self) -> bool:
        return self.due_on is not None and self.held_on <= self.due_on + GRACE


@dataclass(frozen=True)
class _Member:
    party: int
    joined_on: date
    left_on: date | None

    def is_in(self, day: date) -> bool:
        return self.joined_on <= day and (self.left_on is None or self.left_on > day)


@dataclass(frozen=True)
class _Signed:
    party: int
    version: int
    on: date
    left_post_on: date | None


@dataclass(frozen=True)
class Life:
    """All that the measures are computed from, each with its day; so that any day can be asked."""

    versions: list[_Version]  # by number
    reviews: list[_Review]  # by day
    next_review: date | None
    cited: list[tuple[int, date]]  # clause
    touched: list[tuple[int, date]]  # party
    members: list[_Member]
    settled: list[tuple[date, int]]  # with the days that it took
    signed: list[_Signed]  # by version

    @property
    def begun_on(self) -> date:
        return self.versions[0].begun_on

    @property
    def sealed_number(self) -> int | None:
        """Of the version that came into force last."""
        return max((each.number for each in self.versions if each.sealed_on), default=None)

    def on(self, day: date) -> Liveness:
        freshness, is_reviewed = self._freshness(day)
        return Liveness(
            on=day,
            freshness=freshness,
            is_reviewed=is_reviewed,
            use=self._use(day),
            breadth=self._breadth(day),
            reviews_kept=self._kept(day),
            days_to_settle=self._days_to_settle(day),
            currency=self._currency(day),
        )

    def _freshness(self, day: date) -> tuple[int | None, bool]:
        held = [review.held_on for review in self.reviews if review.held_on <= day]
        if held:
            return (day - held[-1]).days, True
        sealed = [each.sealed_on for each in self.versions if each.is_sealed(day)]
        latest = max((each for each in sealed if each), default=None)
        return (day - latest).days if latest else None, False

    def _use(self, day: date) -> Share:
        begun = [each for each in self.versions if each.begun_on <= day]
        sealed = [each for each in begun if each.is_sealed(day)]
        if not begun:
            return Share(0, 0)
        version = (sealed or begun)[-1]
        cited = {clause for clause, on in self.cited if day - WINDOW < on <= day}
        return Share(len(cited & version.clauses), len(version.clauses))

    def _breadth(self, day: date) -> Share:
        members = self._members(day)
        touched = {party for party, on in self.touched if day - WINDOW < on <= day}
        return Share(len(touched & members), len(members))

    def _kept(self, day: date) -> Share:
        held = [each for each in self.reviews if each.held_on <= day and each.due_on]
        later = [each.due_on for each in self.reviews if each.held_on > day]
        waited_for = later[0] if later else self.next_review
        missed = int(waited_for is not None and waited_for + GRACE < day)
        return Share(sum(each.is_kept for each in held), len(held) + missed)

    def _days_to_settle(self, day: date) -> int | None:
        took = [days for on, days in self.settled if on <= day]
        return round(median(took)) if took else None

    def _currency(self, day: date) -> Share:
        """A party that was not asked again stands by who signed before."""
        sealed = {each.number for each in self.versions if each.is_sealed(day)}
        members = self._members(day)
        latest = {
            each.party: each
            for each in self.signed
            if each.version in sealed and each.on <= day and each.party in members
        }
        gone = [each for each in latest.values() if each.left_post_on and each.left_post_on <= day]
        return Share(len(latest) - len(gone), len(latest))

    def _members(self, day: date) -> set[int]:
        return {each.party for each in self.members if each.is_in(day)}


# Django would take longer to put ten queries together than PostgreSQL takes to answer this one.
_LIFE = """
    SELECT 'clause', version.number, place.clause_id, 0, {version.created_at}, {(
        SELECT MAX(change.changed_at) FROM programmes_versionchange change
        WHERE change.version_id = version.id AND change.new = 'sealed'
    )}
    FROM programmes_mouversion version
    JOIN programmes_versionclause place ON place.version_id = version.id
    WHERE version.mou_id = %(mou)s
    UNION ALL
    SELECT 'review', 0, 0, review.id, held_on, due_on
    FROM programmes_moureview review WHERE mou_id = %(mou)s
    UNION ALL
    SELECT 'cited', clause_id, cited_in_type_id, cited_in_id, {cited_at}, NULL
    FROM programmes_citation citation
    JOIN programmes_clause clause ON clause.id = citation.clause_id
    WHERE clause.mou_id = %(mou)s
    UNION ALL
    SELECT 'touched', party_id, 0, 0, {proposed_at}, NULL
    FROM programmes_wording wording
    JOIN programmes_clause clause ON clause.id = wording.clause_id
    WHERE clause.mou_id = %(mou)s AND party_id IS NOT NULL
    UNION ALL
    SELECT 'touched', party_id, 0, 0, {made_at}, NULL
    FROM programmes_remark remark
    JOIN programmes_clause clause ON clause.id = remark.clause_id
    WHERE clause.mou_id = %(mou)s AND party_id IS NOT NULL
    UNION ALL
    SELECT 'touched', party_id, 0, 0, {taken_at}, NULL
    FROM programmes_stance stance
    JOIN programmes_party party ON party.id = stance.party_id
    WHERE party.mou_id = %(mou)s
    UNION ALL
    SELECT 'touched', party_id, 0, 0, {made_at}, NULL
    FROM programmes_commitment commitment WHERE mou_id = %(mou)s
    UNION ALL
    SELECT 'touched', party_id, 0, 0, {changed_at}, NULL
    FROM programmes_commitmentchange change
    JOIN programmes_commitment commitment ON commitment.id = change.commitment_id
    WHERE mou_id = %(mou)s
    UNION ALL
    SELECT 'member', party.id, 0, 0, joined_on, left_on
    FROM programmes_party party WHERE mou_id = %(mou)s
    UNION ALL
    SELECT 'settled', EXTRACT(DAY FROM settled_at - proposed_at)::integer, 0, 0, {settled_at}, NULL
    FROM programmes_wording wording
    JOIN programmes_clause clause ON clause.id = wording.clause_id
    WHERE clause.mou_id = %(mou)s AND based_on_id IS NOT NULL AND wording.state IN ('taken', 'declined')
    UNION ALL
    SELECT 'signed', signatory.party_id, version.number, signatory.id, {signed_at}, left_post_on
    FROM programmes_signature signature
    JOIN programmes_signatory signatory ON signatory.id = signature.signatory_id
    JOIN programmes_signing signing ON signing.id = signatory.signing_id
    JOIN programmes_mouversion version ON version.id = signing.version_id
    WHERE version.mou_id = %(mou)s
    ORDER BY 1, 3, 5, 4
"""
# What is in braces is a moment, of which the day is asked.
_LIFE = re.sub(r"{(.*?)}", r"(\1 AT TIME ZONE %(zone)s)::date", _LIFE, flags=re.DOTALL)


class _Row(NamedTuple):
    """As `_LIFE` selects it; what the numbers and days say depends on what it is about."""

    about: str
    number: int
    second: int
    third: int
    on: date
    until: date | None


def life_of(mou: MOU) -> Life:
    """In one query, and one for each kind of thing that cites."""
    rows = fetched(_LIFE, mou=mou.pk, zone=timezone.get_current_timezone_name())
    found: dict[str, list[_Row]] = defaultdict(list)
    for each in map(_Row._make, rows):
        found[each.about].append(each)
    cited = [(each.number, each.on, each.second, each.third) for each in found["cited"]]
    return Life(
        versions=_versions(found["clause"]),
        reviews=[_Review(each.on, each.until) for each in found["review"]],
        next_review=mou.review_on,
        cited=open_citations(mou, cited),
        touched=[(each.number, each.on) for each in found["touched"]],
        members=[_Member(each.number, each.on, each.until) for each in found["member"]],
        settled=[(each.on, each.number) for each in found["settled"]],
        signed=[_Signed(each.number, each.second, each.on, each.until) for each in found["signed"]],
    )


def liveness(mou: MOU, on: date | None = None) -> Liveness:
    return life_of(mou).on(on or timezone.localdate())


def _versions(rows: list[_Row]) -> list[_Version]:
    clauses: dict[tuple[int, date, date | None], set[int]] = defaultdict(set)
    for each in rows:
        clauses[each.number, each.on, each.until].add(each.second)
    return [_Version(*version, frozenset(clauses[version])) for version in sorted(clauses)]
