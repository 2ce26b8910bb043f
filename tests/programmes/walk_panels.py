from programmes.models import Standing
from tests import builders
from tests.walk import Kind, Row, World, answers

STAFF = answers(404, staff=200, operator=403)
MEMBERS = answers(404, panel_member=200)
READERS = answers(404, panel_member=200, recused=404)


def furnish(world: World) -> None:
    member = world.call.members.get(person=world.people[Kind.PANEL_MEMBER])
    other = builders.panel_member(world.call)
    world.extra.seat = member
    world.extra.interest = builders.interest(other, world.application, Standing.TO_SETTLE)


def panel(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.call.cohort.number}


def member(world: World) -> dict[str, object]:
    return panel(world) | {"pk": world.extra.seat.pk}


def interest(world: World) -> dict[str, object]:
    return panel(world) | {"pk": world.extra.interest.pk}


def application(world: World) -> dict[str, object]:
    return panel(world) | {"application": world.application.number}


ROWS = [
    Row("programmes:home_panels", get=answers(404, panel_member=200)),
    Row("programmes:panel", panel, get=STAFF),
    Row("programmes:panel_member_create", panel, get=STAFF, post=STAFF),
    Row("programmes:panel_member", member, get=STAFF, post=STAFF),
    Row("programmes:panel_reading", panel, get=STAFF, post=STAFF),
    Row("programmes:interests", panel, get=STAFF),
    Row("programmes:interest", interest, get=STAFF, post=STAFF),
    Row("programmes:declaration", panel, get=MEMBERS, post=answers(404, panel_member=302)),
    Row("programmes:reading", panel, get=MEMBERS),
    Row("programmes:score", application, get=READERS, post=READERS),
    Row("programmes:score_autosave", application, post=READERS),
    Row("programmes:score_text", application, get=READERS),
    Row(
        "programmes:note",
        application,
        get=READERS,
        post=answers(404, panel_member=302, recused=404),
    ),
    Row("programmes:conflict", application, get=READERS, post=READERS),
]
