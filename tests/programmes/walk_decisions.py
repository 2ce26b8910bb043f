from programmes.actions.letters import draft_letters
from programmes.models import ApplicationState, Phase, Standing
from tests import builders
from tests.programmes.selection.deciding import decide
from tests.walk import Kind, Row, World, answers

# Staff always, unless they are recused; whoever chairs while decisions are prepared.
STAFF = answers(404, panel_member=403, staff=200)
STAFF_AND_CHAIR = STAFF | {Kind.PANEL_MEMBER: 200}
MOVES_ON = answers(404, panel_member=403, staff=302)
SAVED = STAFF | {Kind.PANEL_MEMBER: 302, Kind.STAFF: 302}


def furnish(world: World) -> None:
    """A call whose panel meets, with an application; the panel member chairs, and one is recused."""
    call = builders.call(world.programme, Phase.MEETING, cohort=builders.cohort(world.programme, 8))
    application = builders.application(call, "Ashford", ApplicationState.ELIGIBLE)
    chair = builders.panel_member(call, world.people[Kind.PANEL_MEMBER], is_chair=True)
    builders.interest(chair, application)
    builders.score_sheet(chair, application, 4)
    recused = builders.panel_member(call, world.people[Kind.RECUSED], is_chair=True)
    builders.interest(recused, application, Standing.RECUSED)
    world.extra.deciding = call
    staff = world.people[Kind.STAFF]
    decide(call, staff, a1=("select",))
    draft_letters(call=call, by=staff)


def scoring(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.call.cohort.number}


def deciding(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.extra.deciding.cohort.number}


def letter(world: World) -> dict[str, object]:
    return deciding(world) | {"application": 1}


def template(world: World) -> dict[str, object]:
    return deciding(world) | {"outcome": "reserve"}


ROWS = [
    Row("programmes:decisions", scoring, get=STAFF, post=STAFF),
    Row("programmes:decisions", deciding, get=STAFF_AND_CHAIR, post=SAVED),
    Row("programmes:letters", deciding, get=STAFF, post=MOVES_ON),
    Row("programmes:letter_template", template, get=STAFF, post=STAFF),
    Row("programmes:letter", letter, get=STAFF, post=STAFF),
    Row("programmes:letter_edit", letter, get=STAFF, post=STAFF),
    Row("programmes:letter_draft", letter, post=MOVES_ON),
]
