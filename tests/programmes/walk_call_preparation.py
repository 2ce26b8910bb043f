from programmes.actions.call_parts import add_supporter
from programmes.actions.call_versions import draft_of
from programmes.models import Phase
from tests import builders
from tests.walk import Row, World, answers

STAFF = answers(404, staff=200, operator=403)
STAFF_MOVES_ON = answers(404, staff=302, operator=403)
STAFF_OF_MEMBERS = answers(404, members=403, staff=200)


def furnish(world: World) -> None:
    """Beside the call whose panel is scoring: one in preparation, and one with a draft of a change."""
    ann = builders.person()
    prepared = builders.call(
        world.programme, Phase.PREPARATION, cohort=builders.cohort(world.programme, 13)
    )
    add_supporter(version=prepared.versions.get(), by=ann, who="Senior sponsor", asked="Support")
    changing = builders.call(world.programme, cohort=builders.cohort(world.programme, 14))
    draft_of(changing)
    builders.cohort(world.programme, 15)
    builders.call(world.programme, cohort=builders.cohort(world.programme, 16))


def call(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": world.call.cohort.number}


def prepared(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": 13}


def changing(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": 14}


def without_call(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": 15}


def unchanged(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "number": 16}


def question(world: World) -> dict[str, object]:
    return prepared(world) | {"key": "q1"}


def criterion(world: World) -> dict[str, object]:
    return prepared(world) | {"key": "c1"}


def supporter(world: World) -> dict[str, object]:
    return prepared(world) | {"key": "senior-sponsor"}


def kind(world: World) -> dict[str, object]:
    return prepared(world) | {"kind": "choice"}


def lens(world: World) -> dict[str, object]:
    return prepared(world) | {"lens": world.programme.frame.lens.slug}


def phase(world: World) -> dict[str, object]:
    return call(world) | {"phase": "scoring"}


def next_phase(world: World) -> dict[str, object]:
    return call(world) | {"to": "meeting"}


def phase_before(world: World) -> dict[str, object]:
    return call(world) | {"to": "conflicts"}


ROWS = [
    Row("programmes:call_create", without_call, get=STAFF_OF_MEMBERS, post=STAFF_OF_MEMBERS),
    Row("programmes:call_manage", prepared, get=STAFF),
    Row("programmes:call_manage", changing, get=STAFF),
    Row("programmes:call_manage", unchanged, get=STAFF),
    Row("programmes:call_manage", call, get=STAFF),
    Row("programmes:call_preview", prepared, get=STAFF),
    Row("programmes:call_edit", prepared, get=STAFF, post=STAFF),
    Row("programmes:call_words", prepared, get=STAFF, post=STAFF),
    Row("programmes:call_change_create", unchanged, post=STAFF_MOVES_ON),
    Row("programmes:call_change_publish", changing, get=STAFF, post=STAFF),
    Row("programmes:call_change_discard", changing, get=STAFF, post=STAFF_MOVES_ON),
    Row("programmes:call_phases", call, get=STAFF),
    Row("programmes:call_phase_change", next_phase, get=STAFF, post=STAFF_MOVES_ON),
    Row("programmes:call_phase_change", phase_before, get=STAFF, post=STAFF),
    Row("programmes:call_switches", phase, get=STAFF, post=STAFF),
    Row("programmes:question_kinds", prepared, get=STAFF),
    Row("programmes:question_create", kind, get=STAFF, post=STAFF),
    Row("programmes:question_edit", question, get=STAFF, post=STAFF),
    Row("programmes:question_move", lambda w: question(w) | {"way": "up"}, post=STAFF_MOVES_ON),
    Row("programmes:question_remove", question, get=STAFF, post=STAFF_MOVES_ON),
    Row("programmes:criteria_lenses", prepared, get=STAFF),
    Row("programmes:criteria_create", lens, get=STAFF, post=STAFF),
    Row("programmes:criterion_edit", criterion, get=STAFF, post=STAFF),
    Row("programmes:criterion_move", lambda w: criterion(w) | {"way": "up"}, post=STAFF_MOVES_ON),
    Row("programmes:criterion_remove", criterion, get=STAFF, post=STAFF_MOVES_ON),
    Row("programmes:supporter_create", prepared, get=STAFF, post=STAFF),
    Row("programmes:supporter_edit", supporter, get=STAFF, post=STAFF),
    Row("programmes:supporter_move", lambda w: supporter(w) | {"way": "up"}, post=STAFF_MOVES_ON),
    Row("programmes:supporter_remove", supporter, get=STAFF, post=STAFF_MOVES_ON),
]
