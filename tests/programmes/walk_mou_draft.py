from tests.programmes.mou.in_world import drafted
from tests.walk import Row, World, answers

# Staff and the enabler; the place's partners; evaluators and the operator read.
READERS = answers(404, staff=200, enabler=200, partner=200, evaluator=200, operator=200)


def furnish(world: World) -> None:
    drafted(world)


def mou(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "project_slug": world.project.slug}


def without(world: World) -> dict[str, object]:
    """The other project has no MOU yet."""
    return {"slug": world.programme.slug, "project_slug": world.other_project.slug}


ROWS = [
    Row("programmes:mou", mou, get=READERS),
    Row("programmes:mou", without, get=answers(404)),
    Row("programmes:mou_panel", mou, get=answers(404, project_members=200)),
    Row(
        "programmes:mou_panel",
        without,
        get=answers(404, programme=200, other_project=200, operator=200),
    ),
    Row(
        "programmes:mou_begin",
        without,
        get=answers(
            404, programme=403, other_project=403, operator=403, staff=200, enabler_elsewhere=200
        ),
        post=answers(
            404, programme=403, other_project=403, operator=403, staff=302, enabler_elsewhere=302
        ),
    ),
]
