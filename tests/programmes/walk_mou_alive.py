"""What cites the clauses of an MOU, and how alive it is."""

from tests.programmes.walk_mou_draft import READERS, mou
from tests.walk import Row, World, answers


def citation(world: World) -> dict[str, object]:
    """Of evidence, of which nobody but evaluators knows."""
    return mou(world) | {"pk": world.extra.citation.pk}


ROWS = [
    Row("programmes:clause_citations", lambda world: mou(world) | {"key": "learning"}, get=READERS),
    Row("programmes:citation_remove", citation, post=answers(404, evaluator=302)),
]
