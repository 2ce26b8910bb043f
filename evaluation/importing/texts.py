"""Sources, evidence and excerpts are worked out together: a text is counted, a passage lies in a text."""

from evaluation.importing.evidence import Texts
from evaluation.importing.excerpts import Excerpts
from evaluation.importing.sources import Sources
from programmes.importing.plans import Plan, add_planner


def plan_texts(plan: Plan) -> None:
    sources = Sources(plan)
    sources.declare()
    texts = Texts(plan, sources)
    texts.read()
    sources.finish()
    if plan.programme is not None and plan.programme.frame_id:
        Excerpts(plan, texts).read()


add_planner(plan_texts, order=120)
