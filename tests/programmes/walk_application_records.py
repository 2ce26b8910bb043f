from collections.abc import Callable

from programmes.models import Application, ApplicationState, Phase
from tests import builders
from tests.walk import Row, World, answers

STATE = ApplicationState
OF_THE_CALL = answers(404, staff=200, operator=403)
STAFF = answers(404, staff=200)
STAFF_MOVES_ON = answers(404, staff=302)
INSIDERS = answers(404, staff=200, applicant=403, panel_member=403, recused=404)
ANY_STAFF = answers(403, no_role=404, any_staff=200)


def furnish(world: World) -> None:
    """Beside the call whose panel is scoring, one whose applications are checked."""
    call = builders.call(
        world.programme, Phase.ELIGIBILITY, cohort=builders.cohort(world.programme, 21)
    )
    world.extra.checked_call = call
    world.extra.checked = {
        state: builders.application(call, f"Checked {state}", state)
        for state in (STATE.STARTED, STATE.SUBMITTED, STATE.CORRECTION, STATE.ELIGIBLE)
    }


def call(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": 21}


def application(world: World) -> dict[str, object]:
    return {"pk": world.application.pk}


def checked(state: ApplicationState) -> Callable[[World], dict[str, object]]:
    def arguments(world: World) -> dict[str, object]:
        row: Application = world.extra.checked[state]
        return {"pk": row.pk}

    return arguments


def submission(world: World) -> dict[str, object]:
    return application(world) | {"number": 1}


SUBMITTED = checked(STATE.SUBMITTED)

ROWS = [
    Row("programmes:call_applications", call, get=OF_THE_CALL),
    Row("programmes:home_waiting", get=ANY_STAFF),
    Row("programmes:application_record", application, get=INSIDERS),
    Row("programmes:application_record", checked(STATE.STARTED), get=STAFF),
    Row("programmes:application_hints", application, get=INSIDERS),
    Row("programmes:application_hints", checked(STATE.STARTED), get=STAFF),
    Row("programmes:application_history", application, get=INSIDERS),
    Row("programmes:application_submission", submission, get=INSIDERS),
    Row(
        "programmes:application_place",
        application,
        get=INSIDERS,
        post=answers(404, staff=302, applicant=403, panel_member=403, recused=404),
    ),
    Row("programmes:application_eligibility", SUBMITTED, get=STAFF, post=STAFF),
    Row(
        "programmes:application_eligibility",
        checked(STATE.ELIGIBLE),
        get=STAFF_MOVES_ON,
        post=STAFF,
    ),
    Row("programmes:application_correction", SUBMITTED, get=STAFF, post=STAFF),
    Row(
        "programmes:application_correction_close", checked(STATE.CORRECTION), get=STAFF, post=STAFF
    ),
    Row("programmes:application_recheck", checked(STATE.ELIGIBLE), get=STAFF, post=STAFF),
    Row("programmes:application_extension", checked(STATE.STARTED), get=STAFF, post=STAFF),
    Row("programmes:application_withdrawal", SUBMITTED, get=STAFF, post=STAFF),
]
