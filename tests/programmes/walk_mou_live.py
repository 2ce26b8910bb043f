"""The pages of an MOU that is in force or going there: commitments, reviews, its end, and who waits."""

from datetime import date

from programmes.actions.mou.commitments import commit
from programmes.actions.mou.reviews import record_review
from programmes.models import Signatory
from tests.programmes.mou.in_world import drafted
from tests.walk import Kind, Row, World, answers

READERS = answers(404, staff=200, enabler=200, partner=200, evaluator=200, operator=200)
# The partner's own commitment: those who read alone may not.
OWN = answers(404, staff=200, enabler=200, partner=200, evaluator=403, operator=403)
FACILITATORS = answers(404, staff=200, enabler=200, partner=403, evaluator=403, operator=403)
STAFF = FACILITATORS | {Kind.ENABLER: 403}


def furnish(world: World) -> None:
    drafted(world)
    world.extra.commitment = commit(
        party=world.extra.party,
        what="Share our data on damp homes",
        due_on=date(2026, 1, 1),
        seen_by="Four reports a year",
        by=world.people[Kind.PARTNER],
    )
    record_review(
        mou=world.extra.mou,
        held_on=date(2026, 1, 1),
        came="Pat Partner, the council",
        outcome="It is kept as it is",
        next_on=date(2026, 6, 1),
        by=world.people[Kind.STAFF],
    )


def own_link(world: World) -> dict[str, object]:
    """The world's partner is asked to sign as well, in `walk_mou_sign`."""
    return {"pk": Signatory.objects.get(email=world.people[Kind.PARTNER].email).pk}


def mou(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "project_slug": world.project.slug}


def party(world: World) -> dict[str, object]:
    return mou(world) | {"party": world.extra.party.pk}


def commitment(world: World) -> dict[str, object]:
    return mou(world) | {"pk": world.extra.commitment.pk}


PARTNERS = answers(404, partner=200, partner_elsewhere=200)

ROWS = [
    Row("programmes:home_mous", get=PARTNERS),
    Row("programmes:mou_seen", get=PARTNERS),
    Row("programmes:mou_own_link", own_link, post=answers(404, partner=302)),
    Row(
        "programmes:home_held_up",
        get=answers(403, no_role=404, any_staff=200, enabler=200, enabler_elsewhere=200),
    ),
    Row("programmes:mou_commitments", mou, get=READERS),
    Row("programmes:commitment_add", party, get=OWN, post=OWN),
    Row("programmes:commitment", commitment, get=READERS),
    Row("programmes:commitment_edit", commitment, get=OWN, post=OWN),
    Row("programmes:commitment_update", commitment, get=OWN, post=OWN),
    Row("programmes:mou_reviews", mou, get=READERS),
    Row("programmes:review_plan", mou, get=FACILITATORS, post=FACILITATORS),
    Row("programmes:review_record", mou, get=FACILITATORS, post=FACILITATORS),
    Row("programmes:mou_end", mou, get=STAFF, post=STAFF),
]
