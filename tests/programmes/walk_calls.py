from programmes.actions.starting import Start, token_for
from tests import builders
from tests.walk import Row, World, answers

PUBLIC = answers(200, anonymous=200)


def furnish(world: World) -> None:
    """A call that is open, beside the one whose panel is scoring."""
    call = builders.call(world.programme, cohort=builders.cohort(world.programme, 3))
    world.extra.open_call = call
    asked_at = call.created_at.isoformat()
    start = Start(call.pk, "asker@example.org", "Ada Asker", "Wakefield", asked_at)
    world.extra.start_token = token_for(start)


def call(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.call.cohort.number}


def open_call(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.extra.open_call.cohort.number}


def token(world: World) -> dict[str, object]:
    return {"token": world.extra.start_token}


ROWS = [
    Row("programmes:calls", get=PUBLIC),
    Row("programmes:call", call, get=PUBLIC),
    Row("programmes:application_start", open_call, get=PUBLIC, post=PUBLIC),
    Row("programmes:application_start_sent", open_call, get=PUBLIC),
    # Who is signed in is somebody else, and is told so.
    Row(
        "programmes:application_start_confirm",
        token,
        get=PUBLIC,
        post=answers(200, anonymous=302),
    ),
]
