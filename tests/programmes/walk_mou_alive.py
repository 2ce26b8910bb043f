"""What cites the clauses of an MOU, and how alive it is."""

from datetime import timedelta

from django.utils import timezone

from tests.programmes.mou.in_world import drafted
from tests.programmes.walk_mou_draft import READERS, mou, programme
from tests.programmes.walk_mou_sign import nothing_to_send, on_paper
from tests.walk import Row, World, answers


def furnish(world: World) -> None:
    """Begun long ago, so that all have figures of it."""
    drafted(world).versions.update(created_at=timezone.now() - timedelta(days=400))


def citation(world: World) -> dict[str, object]:
    """Of evidence, of which nobody but evaluators knows."""
    return mou(world) | {"pk": world.extra.citation.pk}


ROWS = [
    Row("programmes:clause_citations", lambda world: mou(world) | {"key": "learning"}, get=READERS),
    Row("programmes:citation_remove", citation, post=answers(404, evaluator=302)),
    Row("programmes:liveness", mou, get=READERS),
    Row(
        "programmes:liveness",  # begun just now: the place alone has figures
        nothing_to_send,
        get=answers(404, staff=200, partner=200, evaluator=200, operator=200),
    ),
    Row(
        "programmes:mous_alive",
        programme,
        get=answers(404, members=403, staff=200, evaluator=200, operator=200),
    ),
    Row(
        "programmes:signatory_post",
        on_paper,
        get=answers(404, staff=200, partner=403, evaluator=403, operator=403),
        post=answers(404, staff=302, partner=403, evaluator=403, operator=403),
    ),
]
