"""Who holds which MOU up, and since when: for staff, over all their programmes, the longest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from heapq import merge
from itertools import islice

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, F, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Person
from accounts.roles import Role
from programmes.models import (
    MOUVersion,
    Signatory,
    SignatoryChange,
    SignatoryState,
    Stance,
    VersionChange,
    VersionState,
    Wording,
    WordingState,
)
from programmes.mou_states import WAITING

# Since they asked for paper, or declined, it waits for staff.
TURNS_TO_STAFF = (SignatoryState.PAPER, SignatoryState.DECLINED)


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
    """The `limit` that have waited longest, and whether there are more; in three queries."""
    programmes = person.scope_ids("programmes.programme", Role.STAFF)
    waiting = [
        find(programmes, limit + 1) for find in (_unsigned, _without_stance, _signed_not_sealed)
    ]
    found = list(islice(merge(*waiting, key=lambda each: each.since), limit + 1))
    return found[:limit], len(found) > limit


def _unsigned(programmes: set[int], limit: int) -> Iterator[HeldUp]:
    """Those who are waited for while a version is out to be signed, and those who declined."""
    turned = SignatoryChange.objects.filter(signatory=OuterRef("pk"), new__in=TURNS_TO_STAFF)
    rows = Signatory.objects.filter(
        state__in=[*WAITING, SignatoryState.DECLINED],
        signing__version__state=VersionState.SENT,
        signing__version__mou__project__programme__in=programmes,
    ).annotate(
        since=Coalesce(Subquery(turned.order_by("-pk").values("changed_at")[:1]), "asked_at")
    )
    told = rows.order_by("since", "pk").values_list(
        "since", *_where("signing__version__"), "name", "party__organisation__name", "state"
    )
    for since, *where, name, organisation, state in told[:limit]:
        label = SignatoryState(state).label
        yield HeldUp(
            Waits.SIGNATURE, since, Where(*where), who=name, organisation=organisation, state=label
        )


def _without_stance(programmes: set[int], limit: int) -> Iterator[HeldUp]:
    """Proposals to which a party has not said how it stands, one row for each MOU."""
    said = Stance.objects.filter(wording=OuterRef("pk"), party=OuterRef("silent"))
    rows = Wording.objects.filter(
        state=WordingState.PROPOSED,
        clause__mou__project__programme__in=programmes,
        clause__mou__ended_at=None,
        clause__mou__versions__state=VersionState.DRAFT,
        clause__mou__parties__left_on=None,
    ).annotate(silent=F("clause__mou__parties"))
    told = (
        rows.filter(~Exists(said))
        .values(*_where("clause__mou__versions__"))
        .annotate(
            since=Min("proposed_at"),
            who=StringAgg("clause__mou__parties__organisation__name", ", ", distinct=True),
            proposals=Count("pk", distinct=True),
        )
        .order_by("since", "clause__mou")
        .values_list("since", *_where("clause__mou__versions__"), "who", "proposals")
    )
    for since, *where, who, proposals in told[:limit]:
        yield HeldUp(Waits.STANCES, since, Where(*where), who=who, proposals=proposals)


def _signed_not_sealed(programmes: set[int], limit: int) -> Iterator[HeldUp]:
    signed = VersionChange.objects.filter(version=OuterRef("pk"), new=VersionState.SIGNED)
    rows = MOUVersion.objects.filter(
        state=VersionState.SIGNED, mou__project__programme__in=programmes
    ).annotate(since=Subquery(signed.order_by("-pk").values("changed_at")[:1]))
    told = rows.exclude(since=None).order_by("since", "pk").values_list("since", *_where(""))
    for since, *where in told[:limit]:
        yield HeldUp(Waits.SEAL, since, Where(*where))


def _where(version: str) -> tuple[str, ...]:
    """What `Where` asks for; `version` leads to the version."""
    project = f"{version}mou__project"
    return (
        f"{project}__programme__slug",
        f"{project}__slug",
        f"{version}number",
        f"{version}mou__title",
        f"{project}__place__name",
    )
