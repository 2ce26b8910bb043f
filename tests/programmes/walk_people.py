from accounts.models import Membership
from tests.walk import Kind, Row, World, answers

# Members know that the programme has people, and may not see who.
PEOPLE = answers(404, members=403, staff=200, operator=200)
SENDS = answers(404, members=403, staff=302, operator=302)


def furnish(world: World) -> None:
    world.extra.membership = Membership.objects.get(person=world.people[Kind.PANEL_MEMBER])


def programme(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug}


def membership(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "pk": world.extra.membership.pk}


def invitation(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "pk": world.extra.invitation.pk}


ROWS = [
    Row("programmes:home_invitations", get=answers(403, no_role=404, any_staff=200)),
    Row("programmes:people", programme, get=PEOPLE),
    Row("programmes:invite", programme, get=PEOPLE, post=PEOPLE),
    Row("programmes:invitations", programme, get=PEOPLE),
    Row("programmes:invitation", invitation, get=PEOPLE),
    Row("programmes:invitation_send_again", invitation, post=SENDS),
    Row("programmes:invitation_withdraw", invitation, post=SENDS),
    Row("programmes:membership", membership, get=PEOPLE, post=SENDS),
]
