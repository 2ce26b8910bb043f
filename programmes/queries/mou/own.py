"""What MOUs have for one partner: to sign, to say, to do; what is theirs and what the others'.

All of it in five queries, whatever there is.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import Person
from accounts.roles import Role
from programmes.models import CommitmentState, Signatory, SignatoryState, VersionState, WordingState
from programmes.mou_states import FOR_PARTNERS, OPEN_COMMITMENTS, WAITING
from programmes.queries.mou.drafting import fetched
from programmes.queries.mou.stances import WITH_SAID

SOON = timedelta(days=30)
DUE_AT_ONCE = 10


@dataclass(frozen=True)
class ToSign:
    """That the person is asked to sign. The link itself is in their mailbox alone."""

    pk: int
    title: str
    organisation: str
    written_at: datetime  # when the link was sent last
    expires_at: datetime


@dataclass(frozen=True)
class Due:
    """A commitment of theirs that is overdue, or due soon."""

    pk: int
    mou: int
    what: str
    due_on: date

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()


@dataclass(frozen=True)
class OwnParty:
    """A party that the person speaks for, and how much waits for its stance."""

    pk: int
    name: str
    proposals: int
    clauses: int  # of the draft, as they stand

    @property
    def unsaid(self) -> str:
        """In words: "1 proposal and 11 clauses"; nothing where all is said."""
        counts = ((self.proposals, "proposal"), (self.clauses, "clause"))
        return " and ".join(
            f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count
        )


@dataclass
class Tally:
    """How many commitments there are, by what became of them."""

    going: int = 0
    slipped: int = 0
    overdue: int = 0  # of both
    done: int = 0
    dropped: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.going or self.slipped or self.done or self.dropped)


@dataclass(frozen=True)
class OwnMOU:
    """An MOU of a place of theirs that has not ended."""

    pk: int
    title: str
    programme: str
    project: str
    place: str
    review_on: date | None
    number: int
    version_state: str
    parties: list[OwnParty] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    ours: Tally = field(default_factory=Tally)
    theirs: Tally = field(default_factory=Tally)

    @property
    def state(self) -> str:
        return FOR_PARTNERS[VersionState(self.version_state)]

    @property
    def is_out(self) -> bool:
        return self.version_state == VersionState.SENT

    @property
    def review_is_late(self) -> bool:
        return self.review_on is not None and self.review_on < timezone.localdate()

    @property
    def review_is_soon(self) -> bool:
        return self.review_on is not None and self.review_on <= timezone.localdate() + SOON

    @property
    def to_say(self) -> list[OwnParty]:
        return [party for party in self.parties if party.unsaid]


@dataclass(frozen=True)
class Own:
    """All that the panel shows."""

    to_sign: list[ToSign]
    mous: list[OwnMOU]
    has_more_due: bool

    @property
    def has_nothing_to_do(self) -> bool:
        return not self.to_sign and not any(
            mou.to_say or mou.due or mou.review_is_soon for mou in self.mous
        )


def own_of(person: Person) -> Own:
    places = list(person.scope_ids("places.place", Role.PARTNER))
    mous = {row[0]: OwnMOU(*row) for row in fetched(_MOUS, places)}
    rows = fetched(
        WITH_SAID + _PARTIES,
        proposed=WordingState.PROPOSED,
        draft=VersionState.DRAFT,
        person=person.pk,
        mous=list(mous),
    )
    for mou, *party in rows:
        mous[mou].parties.append(OwnParty(*party))
    own = [party.pk for mou in mous.values() for party in mou.parties]
    due = _due(own)
    for each in due[:DUE_AT_ONCE]:
        mous[each.mou].due.append(each)
    _tally(mous, own)
    return Own(_to_sign(person), list(mous.values()), len(due) > DUE_AT_ONCE)


def _to_sign(person: Person) -> list[ToSign]:
    """Wherever they are asked: a signatory is known by the address alone."""
    now = timezone.now()
    rows = fetched(_TO_SIGN, person.email, list(WAITING), VersionState.SENT, now)
    return [ToSign(*row) for row in rows]


def _due(parties: Collection[int]) -> list[Due]:
    """What is overdue, or due soon, the oldest first: one more than is shown tells of others."""
    until = timezone.localdate() + SOON
    rows = fetched(_DUE, list(parties), list(OPEN_COMMITMENTS), until, DUE_AT_ONCE + 1)
    return [Due(*row) for row in rows]


def _tally(mous: dict[int, OwnMOU], own: Collection[int]) -> None:
    today = timezone.localdate()
    for mou, party, state, is_late, count in fetched(_TALLY, today, list(mous)):
        tally = mous[mou].ours if party in own else mous[mou].theirs
        if state in OPEN_COMMITMENTS:
            tally.overdue += count if is_late else 0
        match CommitmentState(state):
            case CommitmentState.GOING:
                tally.going += count
            case CommitmentState.SLIPPED:
                tally.slipped += count
            case CommitmentState.DONE:
                tally.done += count
            case CommitmentState.DROPPED:
                tally.dropped += count


# Django takes longer to put these together than PostgreSQL to answer them.
_TO_SIGN = """
    SELECT signatory.id, mou.title, organisation.name,
        COALESCE(signatory.reminded_at, signatory.asked_at), signing.expires_at
    FROM programmes_signatory signatory
    JOIN programmes_signing signing ON signing.id = signatory.signing_id
    JOIN programmes_mouversion version ON version.id = signing.version_id
    JOIN programmes_mou mou ON mou.id = version.mou_id
    JOIN programmes_party party ON party.id = signatory.party_id
    JOIN places_organisation organisation ON organisation.id = party.organisation_id
    WHERE signatory.email = %s AND signatory.state = ANY(%s)
        AND version.state = %s AND signing.expires_at >= %s
    ORDER BY signing.expires_at, signatory.id
"""
_MOUS = """
    SELECT mou.id, mou.title, programme.slug, project.slug, place.name, mou.review_on,
        version.number, version.state
    FROM programmes_mou mou
    JOIN programmes_project project ON project.id = mou.project_id
    JOIN programmes_programme programme ON programme.id = project.programme_id
    JOIN places_place place ON place.id = project.place_id
    JOIN programmes_mouversion version ON version.mou_id = mou.id AND version.number = (
        SELECT MAX(number) FROM programmes_mouversion latest WHERE latest.mou_id = mou.id
    )
    WHERE project.place_id = ANY(%s) AND mou.ended_at IS NULL
    ORDER BY mou.title, mou.id
"""
_PARTIES = """
    SELECT party.mou_id, party.id, organisation.name, (
        SELECT COUNT(*) FROM programmes_wording wording
        JOIN programmes_clause clause ON clause.id = wording.clause_id
        WHERE clause.mou_id = party.mou_id AND wording.state = %(proposed)s AND NOT EXISTS (
            SELECT FROM said WHERE said.wording_id = wording.id AND said.party_id = party.id
        )
    ), (
        SELECT COUNT(*) FROM programmes_versionclause place
        JOIN programmes_mouversion version ON version.id = place.version_id
        WHERE version.mou_id = party.mou_id AND version.state = %(draft)s AND NOT EXISTS (
            SELECT FROM said WHERE said.wording_id = place.wording_id AND said.party_id = party.id
        )
    )
    FROM programmes_representative representative
    JOIN programmes_party party ON party.id = representative.party_id
    JOIN places_organisation organisation ON organisation.id = party.organisation_id
    WHERE representative.person_id = %(person)s AND representative.ended_at IS NULL
        AND party.mou_id = ANY(%(mous)s) AND party.left_on IS NULL
    ORDER BY organisation.name, party.id
"""
_DUE = """
    SELECT id, mou_id, what, due_on FROM programmes_commitment
    WHERE party_id = ANY(%s) AND state = ANY(%s) AND due_on <= %s
    ORDER BY due_on, id LIMIT %s
"""
_TALLY = """
    SELECT commitment.mou_id, party_id, state, COALESCE(due_on < %s, FALSE), COUNT(*)
    FROM programmes_commitment commitment
    JOIN programmes_party party ON party.id = party_id AND party.left_on IS NULL
    WHERE commitment.mou_id = ANY(%s)
    GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Seat:
    """That the person speaks for a party, as the others read it."""

    organisation: str
    post: str
    title: str
    programme: str
    project: str


@dataclass(frozen=True)
class AskedToSign:
    """That the person was asked to sign, and what is kept of it."""

    name: str
    post: str
    organisation: str
    title: str
    number: int
    state: str
    trace_kept_until: datetime | None


def seats_of(person: Person) -> list[Seat]:
    """In the MOUs of places where they are a partner now."""
    rows = person.represents.filter(
        ended_at=None,
        party__left_on=None,
        party__mou__project__place__in=person.scope_ids("places.place", Role.PARTNER),
    )
    told = rows.order_by("party__organisation__name", "pk").values_list(
        "party__organisation__name",
        "post",
        "party__mou__title",
        "party__mou__project__programme__slug",
        "party__mou__project__slug",
    )
    return [Seat(*row) for row in told]


def asked_of(person: Person) -> Iterator[AskedToSign]:
    """At the address of their account, the latest first."""
    rows = Signatory.objects.filter(email=person.email).order_by("-pk")
    told = rows.values_list(
        "name",
        "post",
        "party__organisation__name",
        "signing__version__mou__title",
        "signing__version__number",
        "state",
        "signature__trace__kept_until",
    )
    for name, post, organisation, title, number, state, kept_until in told:
        label = SignatoryState(state).label
        yield AskedToSign(name, post, organisation, title, number, label, kept_until)
