from programmes.actions.mou.wordings import propose_wording
from tests.programmes.mou.in_world import drafted
from tests.walk import Kind, Row, World, answers

# Staff and the enabler; the place's partners; evaluators and the operator read.
READERS = answers(404, staff=200, enabler=200, partner=200, evaluator=200, operator=200)


WRITERS = answers(404, staff=200, enabler=200, partner=200, evaluator=403, operator=403)
FACILITATORS = answers(404, staff=200, enabler=200, partner=403, evaluator=403, operator=403)
FACILITATORS_GO_ON = answers(404, staff=302, enabler=302, partner=403, evaluator=403, operator=403)
SPEAKERS = answers(404, staff=403, enabler=403, partner=200, evaluator=403, operator=403)

STAFF = answers(404, members=403, staff=200)
STAFF_MOVE_ON = answers(404, members=403, staff=302)


def furnish(world: World) -> None:
    """With a proposal of the world's partner for one clause, and one of a new clause."""
    mou = drafted(world)
    by = world.people[Kind.PARTNER]
    for clause, heading in ((mou.clauses.get(key="challenge"), "Damp"), (None, "Residents")):
        propose_wording(
            mou=mou,
            clause=clause,
            heading=heading,
            text="Damp homes make children ill.",
            party=world.extra.party,
            by=by,
        )


def programme(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug}


def template_clause(world: World) -> dict[str, object]:
    return programme(world) | {"key": "learning"}


def mou(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "project_slug": world.project.slug}


def clause(world: World) -> dict[str, object]:
    return mou(world) | {"key": "challenge"}


def party(world: World) -> dict[str, object]:
    return mou(world) | {"pk": world.extra.party.pk}


def proposal(world: World) -> dict[str, object]:
    return clause(world) | {"number": 2}


def new_clause(world: World) -> dict[str, object]:
    return mou(world) | {"key": "residents", "number": 1}


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
    Row("programmes:clause", clause, get=READERS),
    Row("programmes:clause", lambda world: mou(world) | {"key": "residents"}, get=READERS),
    Row("programmes:clause_propose", mou, get=WRITERS, post=WRITERS),
    Row("programmes:wording_propose", clause, get=WRITERS, post=WRITERS),
    Row("programmes:clause_leave_out", clause, get=WRITERS, post=WRITERS),
    Row("programmes:remark_make", clause, get=WRITERS, post=WRITERS),
    Row(
        "programmes:clause_move",
        lambda world: clause(world) | {"way": "down"},
        post=FACILITATORS_GO_ON,
    ),
    Row("programmes:clause_wording", proposal, get=READERS),
    Row("programmes:clause_wording", new_clause, get=READERS),
    Row("programmes:stance_take", proposal, get=SPEAKERS, post=SPEAKERS),
    Row("programmes:wording_take", proposal, post=FACILITATORS_GO_ON),
    Row("programmes:wording_decline", proposal, get=FACILITATORS, post=FACILITATORS),
    Row(
        "programmes:wording_withdraw",
        proposal,
        post=answers(404, staff=403, enabler=403, partner=302, evaluator=403, operator=403),
    ),
    Row("programmes:mou_edit", mou, get=FACILITATORS, post=FACILITATORS),
    Row("programmes:mou_parties", mou, get=READERS),
    Row("programmes:party_add", mou, get=FACILITATORS, post=FACILITATORS),
    Row("programmes:party_edit", party, get=FACILITATORS, post=FACILITATORS_GO_ON),
    Row("programmes:party_leave", party, get=FACILITATORS, post=FACILITATORS),
    Row("programmes:representative_add", party, get=FACILITATORS, post=FACILITATORS),
    Row(
        "programmes:representative_end",
        lambda world: mou(world) | {"pk": world.extra.party.representatives.get().pk},
        post=FACILITATORS_GO_ON,
    ),
    Row("programmes:clause_concerns", clause, get=FACILITATORS, post=FACILITATORS_GO_ON),
    Row("programmes:mou_stances", mou, get=READERS),
    Row(
        "programmes:stances_say",
        lambda world: mou(world) | {"party": world.extra.party.pk},
        get=SPEAKERS,
        post=SPEAKERS,
    ),
    Row("programmes:mou_versions", mou, get=READERS),
    Row("programmes:mou_version", lambda world: mou(world) | {"number": 1}, get=READERS),
    Row("programmes:mou_difference", mou, get=READERS),
    Row("programmes:mou_version_begin", mou, post=FACILITATORS_GO_ON),
    Row("programmes:mou_template", programme, get=STAFF),
    Row("programmes:mou_template_edit", programme, get=STAFF, post=STAFF),
    Row("programmes:template_clause_add", programme, get=STAFF, post=STAFF),
    Row("programmes:template_clause_edit", template_clause, get=STAFF, post=STAFF),
    Row("programmes:template_clause_remove", template_clause, get=STAFF, post=STAFF_MOVE_ON),
    Row(
        "programmes:template_clause_move",
        lambda world: template_clause(world) | {"way": "down"},
        post=STAFF_MOVE_ON,
    ),
]
