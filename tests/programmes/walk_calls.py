from tests.walk import Row, World, answers


def call(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.call.cohort.number}


ROWS = [
    Row("programmes:call", call, get=answers(200, anonymous=200)),
]
