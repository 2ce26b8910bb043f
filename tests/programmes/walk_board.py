from accounts.models import Person
from programmes.actions.lots import draw_lot
from programmes.models import ApplicationState, Phase, Standing
from programmes.queries.board import board_for
from tests import builders
from tests.programmes.selection.scoring import submit
from tests.walk import Kind, Row, World, answers


def furnish(world: World) -> None:
    """A call whose panel meets, with three scored applications for two places, and two unscored."""
    call = builders.call(world.programme, Phase.MEETING, cohort=builders.cohort(world.programme, 7))
    applications = [
        builders.application(call, name, ApplicationState.ELIGIBLE)
        for name in ("Ashford", "Birchley", "Clayton", "Dale", "Eaton")
    ]

    def seat(person: Person, standing: Standing) -> None:
        member = builders.panel_member(call, person)
        for n, application in enumerate(applications):
            kept = standing if n == 0 else Standing.CLEAR
            builders.interest(member, application, kept)
            if kept == Standing.CLEAR and n < 3:
                submit(member, application, 5 - n)

    for person in (builders.person("Ada"), world.people[Kind.PANEL_MEMBER]):
        seat(person, Standing.CLEAR)
    seat(world.people[Kind.RECUSED], Standing.RECUSED)
    phase = call.phases.get(phase=Phase.MEETING)
    phase.scores_of_others = "always"
    phase.save()
    staff = world.people[Kind.STAFF]
    band = [line.application for line in board_for(staff, call).band]
    draw_lot(call=call, between=band, reason="Equal in all.", by=staff)
    world.extra.meeting = call


def scoring(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.call.cohort.number}


def meeting(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.extra.meeting.cohort.number}


DECIDERS = answers(404, panel_member=403, staff=200)

ROWS = [
    Row("programmes:board", scoring, get=answers(404, panel_member=403, staff=200)),
    Row("programmes:board", meeting, get=answers(404, panel_member=200, staff=200)),
    Row("programmes:lots", meeting, get=DECIDERS, post=DECIDERS),
    Row("programmes:minutes", meeting, post=answers(404, panel_member=302, staff=302)),
]
