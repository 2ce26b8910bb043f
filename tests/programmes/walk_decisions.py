from programmes.actions.letters import draft_letters
from programmes.models import ApplicationState, Decision, Letter, Phase, Standing
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
    furnish_released(world)


def furnish_released(world: World) -> None:
    """A call whose decisions are released, with a selected place that has withdrawn."""
    cohort = builders.cohort(world.programme, 9)
    released = builders.call(world.programme, Phase.RELEASED, cohort=cohort)
    gone = builders.application(released, "Beeton", ApplicationState.WITHDRAWN)
    waits = builders.application(released, "Ceeton", ApplicationState.RESERVE)
    for application, outcome, order in ((gone, "select", None), (waits, "reserve", 1)):
        Decision.objects.create(
            application=application,
            outcome=outcome,
            reserve_order=order,
            prepared_by=world.people[Kind.STAFF],
            released_at=released.created_at,
            released_by=world.people[Kind.STAFF],
        )
    Letter.objects.create(
        application=gone,
        outcome="select",
        subject="Beeton is selected",
        text="Dear colleagues.",
        sent_at=released.created_at,
    )
    world.extra.released, world.extra.told = released, gone


def scoring(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.call.cohort.number}


def deciding(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.extra.deciding.cohort.number}


def letter(world: World) -> dict[str, object]:
    return deciding(world) | {"application": 1}


def template(world: World) -> dict[str, object]:
    return deciding(world) | {"outcome": "reserve"}


def released(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.extra.released.cohort.number}


def freed(world: World) -> dict[str, object]:
    return released(world) | {"application": 1}


def told(world: World) -> dict[str, object]:
    return {"pk": world.extra.told.pk}


# Nobody sits on the panel of the released call, so its members are outsiders to it.
STAFF_ALONE = answers(404, staff=200)

EVALUATORS = answers(404, panel_member=403, staff=403, evaluator=200)

ROWS = [
    Row("programmes:scores_export", deciding, get=EVALUATORS),
    Row("programmes:scores_export", deciding, get=EVALUATORS, query="?download=csv"),
    Row("programmes:decisions", scoring, get=STAFF, post=STAFF),
    Row("programmes:decisions", deciding, get=STAFF_AND_CHAIR, post=SAVED),
    Row("programmes:lots", deciding, get=STAFF_AND_CHAIR, post=STAFF_AND_CHAIR),
    Row("programmes:lots", scoring, get=STAFF, post=STAFF),
    Row("programmes:letters", deciding, get=STAFF, post=MOVES_ON),
    Row("programmes:letter_template", template, get=STAFF, post=STAFF),
    Row("programmes:letter", letter, get=STAFF, post=STAFF),
    Row("programmes:letter_edit", letter, get=STAFF, post=STAFF),
    Row("programmes:letter_draft", letter, post=MOVES_ON),
    Row("programmes:decisions", released, get=STAFF_ALONE, post=STAFF_ALONE),
    Row("programmes:release", deciding, get=STAFF, post=STAFF),
    Row("programmes:release", released, get=answers(404, staff=302), post=answers(404, staff=302)),
    Row("programmes:application", told, get=STAFF_ALONE),
    Row("programmes:reserve_move_up", freed, get=STAFF_ALONE, post=STAFF_ALONE),
]
