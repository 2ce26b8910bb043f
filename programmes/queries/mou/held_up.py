"""Who holds which MOU up, and since when: the longest first. For staff over all their
programmes, for enablers over their projects.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Person
from accounts.roles import Role
from programmes.models import SignatoryState, VersionState, WordingState
from programmes.mou_states import UNFINISHED, WAITING

# Since they asked for paper, or declined, it waits for staff.
TURNED_TO_STAFF = (SignatoryState.PAPER, SignatoryState.DECLINED)


class Waits(Enum):
    """What is waited for. Its value is the address where something can be done about it."""

    SIGNATURE = "programmes:mou_signing"
    STANCES = "programmes:mou_stances"
    SEAL = "programmes:mou_version"


@dataclass(frozen=True)
class Where:
    """The MOU that is held up: its version's number among others, and the slugs of its addresses."""

    programme: str
    project: str
    number: int
    title: str
    place: str


@dataclass(frozen=True)
class HeldUp:
    """One thing that holds one MOU up."""

    waits: Waits
    since: datetime
    at: Where
    who: str = ""  # the signatory, or the parties that have not said how they stand
    organisation: str = ""
    state: str = ""  # of the signatory, in words
    proposals: int = 0

    @property
    def days(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.since)).days


def held_up(person: Person, limit: int) -> tuple[list[HeldUp], bool]:
    """The `limit` that have waited longest, and whether there are more; in one query."""
    asked: dict[str, Any] = {
        "programmes": list(person.scope_ids("programmes.programme", Role.STAFF)),
        "projects": list(person.scope_ids("programmes.project", Role.ENABLER)),
        "unfinished": list(UNFINISHED),
        "draft": VersionState.DRAFT,
        "sent": VersionState.SENT,
        "signed": VersionState.SIGNED,
        "proposed": WordingState.PROPOSED,
        "waited_for": [*WAITING, SignatoryState.DECLINED],
        "turned": list(TURNED_TO_STAFF),
        "limit": limit + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(HELD_UP, asked)
        found = [_held_up(*row) for row in cursor.fetchall()]
    return found[:limit], len(found) > limit


def _held_up(
    waits: str,
    since: datetime,
    programme: str,
    project: str,
    number: int,
    title: str,
    place: str,
    who: str,
    organisation: str,
    state: str,
    proposals: int,
) -> HeldUp:
    return HeldUp(
        waits=Waits[waits],
        since=since,
        at=Where(programme, project, number, title, place),
        who=who,
        organisation=organisation,
        state=SignatoryState(state).label if state else "",
        proposals=proposals,
    )


# In SQL, because putting three lists of so many joins together out of Django's expressions took
# several times as long as PostgreSQL takes to answer them.
HELD_UP = """
WITH mine AS MATERIALIZED (
    SELECT mou.id, mou.title, version.id AS version, version.number, version.state,
        programme.slug AS programme, project.slug AS project, place.name AS place
    FROM programmes_mouversion version
    JOIN programmes_mou mou ON mou.id = version.mou_id AND mou.ended_at IS NULL
    JOIN programmes_project project ON project.id = mou.project_id
    JOIN programmes_programme programme ON programme.id = project.programme_id
    JOIN places_place place ON place.id = project.place_id
    WHERE (programme.id = ANY(%(programmes)s) OR project.id = ANY(%(projects)s))
        AND version.state = ANY(%(unfinished)s)
)
SELECT 'SIGNATURE' AS waits,
    CASE WHEN signatory.state = ANY(%(turned)s) THEN (
        SELECT MAX(change.changed_at) FROM programmes_signatorychange change
        WHERE change.signatory_id = signatory.id AND change.new = signatory.state
    ) ELSE signatory.asked_at END AS since,
    mine.programme, mine.project, mine.number, mine.title, mine.place,
    signatory.name AS who, organisation.name AS organisation, signatory.state, 0 AS proposals
FROM mine
JOIN programmes_signing signing ON signing.version_id = mine.version
JOIN programmes_signatory signatory ON signatory.signing_id = signing.id
JOIN programmes_party party ON party.id = signatory.party_id
JOIN places_organisation organisation ON organisation.id = party.organisation_id
WHERE mine.state = %(sent)s AND signatory.state = ANY(%(waited_for)s)
UNION ALL
SELECT 'STANCES', MIN(wording.proposed_at),
    mine.programme, mine.project, mine.number, mine.title, mine.place,
    STRING_AGG(DISTINCT organisation.name, ', '), '', '', COUNT(DISTINCT wording.id)
FROM mine
JOIN programmes_clause clause ON clause.mou_id = mine.id
JOIN programmes_wording wording
    ON wording.clause_id = clause.id AND wording.state = %(proposed)s
JOIN programmes_party party ON party.mou_id = mine.id AND party.left_on IS NULL
JOIN places_organisation organisation ON organisation.id = party.organisation_id
WHERE mine.state = %(draft)s AND NOT EXISTS (
    SELECT FROM programmes_stance stance
    WHERE stance.wording_id = wording.id AND stance.party_id = party.id
)
GROUP BY mine.id, mine.programme, mine.project, mine.number, mine.title, mine.place
UNION ALL
SELECT 'SEAL', MAX(change.changed_at),
    mine.programme, mine.project, mine.number, mine.title, mine.place, '', '', '', 0
FROM mine
JOIN programmes_versionchange change
    ON change.version_id = mine.version AND change.new = %(signed)s
WHERE mine.state = %(signed)s
GROUP BY mine.id, mine.programme, mine.project, mine.number, mine.title, mine.place
ORDER BY since, waits, title
LIMIT %(limit)s
"""
