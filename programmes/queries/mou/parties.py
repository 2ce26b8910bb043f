"""The parties of an MOU, of today and before, and who speaks for each."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.models import Person
from accounts.queries.memberships import memberships_in
from accounts.roles import Role
from programmes.models import (
    MOU,
    CopiedIn,
    Party,
    Representative,
    Signatory,
    SignatoryState,
    VersionState,
)


@dataclass(frozen=True)
class PartyWithPeople:
    party: Party
    people: list[Representative] = field(default_factory=list)


def parties_with_people(mou: MOU) -> list[PartyWithPeople]:
    """Those who are parties now first, by name; in two queries."""
    rows = mou.parties.select_related("organisation").order_by("organisation__name", "pk")
    found = {row.pk: PartyWithPeople(row) for row in rows}
    seats = Representative.objects.filter(party__mou=mou, ended_at=None).select_related("person")
    for seat in seats.order_by("person__name", "pk"):
        found[seat.party_id].people.append(seat)
    return sorted(found.values(), key=lambda each: each.party.left_on is not None)


def partners_of(mou: MOU) -> QuerySet[Person]:
    """Who could speak for a party: the partners of the place."""
    holders = memberships_in(Role.PARTNER, mou.project.place_id)
    people = Person.objects.filter(pk__in=holders.values("person"), is_active=True)
    return people.order_by("name", "pk")


def written_to(mou: MOU) -> dict[str, str]:
    """All who are told what becomes of it, each address once, with its name: who speaks for a party,
    and who signed the version in force or reads along.
    """
    stands = {"signing__version__mou": mou, "signing__version__state": VersionState.SEALED}
    rows = [
        *Representative.objects.filter(party__mou=mou, party__left_on=None, ended_at=None)
        .order_by("pk")
        .values_list("person__email", "person__name"),
        *Signatory.objects.filter(state=SignatoryState.SIGNED, party__left_on=None, **stands)
        .order_by("pk")
        .values_list("email", "name"),
        *CopiedIn.objects.filter(**stands).order_by("pk").values_list("email", "name"),
    ]
    return {email.lower(): name for email, name in reversed(rows)}
