"""Who the parties of an MOU are, who speaks for them, and whose a clause is."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.rows import Refusals, save_or_refuse
from accounts.models import Person
from accounts.queries.memberships import memberships_in
from accounts.roles import Role
from places.models import Organisation
from programmes.actions.mou.drafts import IS_OUT, check_goes_on, is_out, locked_mou
from programmes.actions.mou.mails import write
from programmes.actions.mou.news import has_news
from programmes.actions.mou.noting import note
from programmes.actions.mou.states import GIVE_REASON
from programmes.events import MOUEvent
from programmes.models import MOU, Clause, Party, Representative

REFUSALS: Refusals = {
    "party_once": {"organisation": "This organisation is a party already"},
    "party_left_after_joined": {"left_on": "It cannot leave before it joined"},
    "representative_once": {"person": "They speak for this party already"},
}
PARTNERS_ONLY = "Invite them as a partner of the place first: then they can speak for a party"


@transaction.atomic
def join(*, mou: MOU, organisation: Organisation, part: str, joined_on: date, by: Person) -> Party:
    current = _to_arrange(mou, by)
    has_news(current)
    party = Party(mou=current, organisation=organisation, part=part.strip(), joined_on=joined_on)
    save_or_refuse(party, REFUSALS)
    note(MOUEvent.PARTY_JOINED, current, by=by, changes={"party": ["", str(party)]})
    return party


@transaction.atomic
def leave(*, party: Party, left_on: date, reason: str, by: Person) -> Party:
    """From this day on it is no party any more; what it signed and promised stays on record."""
    mou = _to_arrange(party.mou, by)
    current = mou.parties.select_related("organisation").get(pk=party.pk)
    if current.left_on is not None:
        raise ValidationError(f"{current} has left already.")
    if not reason.strip():
        raise ValidationError(GIVE_REASON)
    has_news(mou)
    current.left_on, current.left_because = left_on, reason.strip()
    save_or_refuse(current, REFUSALS, ["left_on", "left_because"])
    told = {"party": [str(current), ""], "reason": ["", reason.strip()]}
    note(MOUEvent.PARTY_LEFT, mou, by=by, changes=told)
    _tell_its_own(current, mou, by)
    return current


@transaction.atomic
def change_part(*, party: Party, part: str, by: Person) -> Party:
    mou = _to_arrange(party.mou, by)
    current = mou.parties.select_related("organisation").get(pk=party.pk)
    if current.part != part.strip():
        told = {"party": ["", str(current)], "part": [current.part, part.strip()]}
        current.part = part.strip()
        current.save(update_fields=["part"])
        note(MOUEvent.PARTY_CHANGED, mou, by=by, changes=told)
    return current


@transaction.atomic
def add_representative(*, party: Party, person: Person, post: str, by: Person) -> Representative:
    """From now on `person`, a partner of the place, speaks for the party."""
    mou = locked_mou(party.mou)
    if not by.has_perm("programmes.facilitate_mou", mou):
        raise PermissionDenied
    if not is_partner(person, mou):
        raise ValidationError({"person": PARTNERS_ONLY})
    row = Representative(party=party, person=person, post=post.strip(), added_by=by)
    save_or_refuse(row, REFUSALS)
    told = {"party": ["", str(party)], "person": ["", str(person)]}
    note(MOUEvent.REPRESENTATIVE_ADDED, mou, by=by, changes=told)
    return row


@transaction.atomic
def end_representative(*, representative: Representative, by: Person) -> Representative:
    mou = locked_mou(representative.party.mou)
    if not by.has_perm("programmes.facilitate_mou", mou):
        raise PermissionDenied
    row = Representative.objects.select_for_update(of=("self",)).get(pk=representative.pk)
    if row.ended_at is None:
        row.ended_at, row.ended_by = timezone.now(), by
        row.save(update_fields=["ended_at", "ended_by"])
        told = {"party": [str(representative.party), ""], "person": [str(row.person), ""]}
        note(MOUEvent.REPRESENTATIVE_ENDED, mou, by=by, changes=told)
    return row


@transaction.atomic
def settle_concerns(*, clause: Clause, parties: Collection[Party], by: Person) -> None:
    """Whose the clause is: a change of it asks these alone. None named: it is everybody's."""
    mou = _to_arrange(clause.mou, by)
    if any(party.mou_id != mou.pk for party in parties):
        raise PermissionDenied
    before = sorted(str(party) for party in clause.concerns.select_related("organisation"))
    after = sorted(str(party) for party in parties)
    if before != after:
        clause.concerns.set(parties)
        told = {"clause": ["", clause.key], "whose": ["; ".join(before), "; ".join(after)]}
        note(MOUEvent.CLAUSE_CONCERNS, mou, by=by, changes=told)


def _tell_its_own(party: Party, mou: MOU, by: Person) -> None:
    """The others read it with what else is new."""
    seats = party.representatives.filter(ended_at=None, person__is_active=True)
    for seat in seats.select_related("person").order_by("pk"):
        subject = f"{party} leaves: {mou}"
        write(seat.person.email, subject, "left", seat=seat, party=party, mou=mou, by=by)


def is_partner(person: Person, mou: MOU) -> bool:
    return memberships_in(Role.PARTNER, mou.project.place_id).filter(person=person).exists()


def _to_arrange(mou: MOU, by: Person) -> MOU:
    current = locked_mou(mou)
    if not by.has_perm("programmes.facilitate_mou", current):
        raise PermissionDenied
    check_goes_on(current)
    if is_out(current):
        raise ValidationError(IS_OUT)
    return current
