"""The MOU of the walk's small world, of which every room of an MOU has rows."""

from accounts.models import Person
from programmes.actions.mou.beginning import begin_mou
from programmes.actions.mou.parties import add_representative, join
from programmes.models import MOU, Party
from tests.walk import Kind, World


def drafted(world: World) -> MOU:
    """Being written, with one party that the world's partner speaks for; made once."""
    if not hasattr(world.extra, "mou"):
        staff = world.people[Kind.STAFF]
        world.extra.mou = begin_mou(project=world.project, by=staff)
        world.extra.party = _party(world, staff)
    mou: MOU = world.extra.mou
    return mou


def _party(world: World, staff: Person) -> Party:
    mou: MOU = world.extra.mou
    party = mou.parties.filter(organisation=world.organisation).first() or join(
        mou=mou,
        organisation=world.organisation,
        part="Leads",
        joined_on=mou.created_at.date(),
        by=staff,
    )
    partner = world.people[Kind.PARTNER]
    add_representative(party=party, person=partner, post="Director", by=staff)
    return party
