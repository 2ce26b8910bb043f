from programmes.actions.dimensions import add_dimension
from programmes.actions.lenses import draft_next_version
from tests import builders
from tests.walk import Row, World, answers

ANY_ROLE = answers(200, no_role=404)
MEMBERS = answers(404, members=200)
PROJECT_MEMBERS = answers(404, project_members=200)
STAFF_OF_MEMBERS = answers(404, members=403, staff=200)
STAFF_OF_PROJECT_MEMBERS = answers(404, project_members=403, staff=200)
ANY_STAFF = answers(403, no_role=404, any_staff=200)
ANY_STAFF_MOVES_ON = answers(403, no_role=404, any_staff=302)
ANY_STAFF_OR_OPERATOR = answers(403, no_role=404, any_staff=200, operator=200)


def furnish(world: World) -> None:
    ann = builders.person()
    world.extra.lens = builders.lens_version("Kept").lens
    world.extra.drafted = builders.lens_version("Beginnings", "Ends").lens
    draft = draft_next_version(lens=world.extra.drafted, by=ann)
    world.extra.dimension = add_dimension(
        version=draft, by=ann, name="Part", meaning="Of it", parent=draft.dimensions.first()
    )


def programme(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug}


def cohort(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.cohort.number}


def project(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "project_slug": world.project.slug}


def place(world: World) -> dict[str, object]:
    return {"slug": world.place.slug}


def lens(world: World) -> dict[str, object]:
    return {"slug": world.extra.lens.slug}


def version(world: World) -> dict[str, object]:
    return {"slug": world.extra.lens.slug, "number": 1}


def drafted(world: World) -> dict[str, object]:
    return {"slug": world.extra.drafted.slug}


def dimension(world: World) -> dict[str, object]:
    return {"slug": world.extra.drafted.slug, "key": world.extra.dimension.key}


ROWS = [
    Row("programmes:programmes", get=ANY_ROLE),
    Row("programmes:programme_create", get=ANY_STAFF_OR_OPERATOR, post=ANY_STAFF_OR_OPERATOR),
    Row("programmes:programme", programme, get=MEMBERS),
    Row("programmes:programme_edit", programme, get=STAFF_OF_MEMBERS, post=STAFF_OF_MEMBERS),
    Row("programmes:cohort", cohort, get=MEMBERS),
    Row("programmes:cohort_create", programme, get=STAFF_OF_MEMBERS, post=STAFF_OF_MEMBERS),
    Row("programmes:cohort_edit", cohort, get=STAFF_OF_MEMBERS, post=STAFF_OF_MEMBERS),
    Row("programmes:projects", programme, get=MEMBERS),
    Row("programmes:project", project, get=PROJECT_MEMBERS),
    Row("programmes:project_create", programme, get=STAFF_OF_MEMBERS, post=STAFF_OF_MEMBERS),
    Row(
        "programmes:project_edit",
        project,
        get=STAFF_OF_PROJECT_MEMBERS,
        post=STAFF_OF_PROJECT_MEMBERS,
    ),
    Row("programmes:place_panel", place, get=ANY_ROLE),
    Row("programmes:audit", programme, get=answers(404, members=403, staff=200, operator=200)),
    Row("programmes:home_panel", get=ANY_STAFF),
    Row("programmes:audit_trail", get=ANY_STAFF_OR_OPERATOR),
    Row("programmes:lenses", get=ANY_ROLE),
    Row("programmes:lens", lens, get=ANY_ROLE),
    Row("programmes:lens_version", version, get=ANY_ROLE),
    Row("programmes:lens_create", get=ANY_STAFF, post=ANY_STAFF),
    Row("programmes:lens_edit", lens, get=ANY_STAFF, post=ANY_STAFF),
    Row("programmes:lens_draft_create", lens, post=ANY_STAFF_MOVES_ON),
    Row("programmes:lens_draft", drafted, get=ANY_STAFF),
    Row("programmes:lens_draft_edit", drafted, get=ANY_STAFF, post=ANY_STAFF),
    Row("programmes:lens_draft_publish", drafted, post=ANY_STAFF_MOVES_ON),
    Row("programmes:lens_draft_discard", drafted, get=ANY_STAFF, post=ANY_STAFF_MOVES_ON),
    Row("programmes:dimension_create", drafted, get=ANY_STAFF, post=ANY_STAFF),
    Row("programmes:dimension_edit", dimension, get=ANY_STAFF, post=ANY_STAFF),
    Row(
        "programmes:dimension_move",
        lambda world: {**dimension(world), "way": "up"},
        post=ANY_STAFF_MOVES_ON,
    ),
    Row("programmes:dimension_remove", dimension, get=ANY_STAFF, post=ANY_STAFF_MOVES_ON),
]
