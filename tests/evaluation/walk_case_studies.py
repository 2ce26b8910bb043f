from collections.abc import Callable
from contextlib import suppress

from evaluation.actions.sections import Conflict, save_section
from evaluation.models import CaseStudy, CaseStudyStatus
from tests import builders
from tests.evaluation.sections import sections_of
from tests.walk import Kind, Row, World, answers


def furnish(world: World) -> None:
    """A case study in draft, one published, and a draft that its writer has yet to settle."""
    evaluator = world.people[Kind.EVALUATOR]
    study = builders.case_study(world.project, by=evaluator)
    builders.excerpt(world.project)
    section = sections_of(study)[0]
    save_section(section=section, text="Text.\n\n[Q1]", based_on=0, by=builders.person())
    try:
        save_section(section=section, text="Mine.", based_on=0, by=evaluator)
    except Conflict as conflict:
        world.extra.draft = conflict.draft
    world.extra.case_study, world.extra.section = study, section
    world.extra.published = builders.case_study(world.other_project)
    world.extra.published.status = CaseStudyStatus.PUBLISHED
    world.extra.published.save()
    world.extra.approved = _approved_with_a_draft(world)


def _approved_with_a_draft(world: World) -> CaseStudy:
    study = builders.case_study(builders.project(world.programme))
    for text in ("Text.", "Theirs."):
        with suppress(Conflict):
            save_section(section=sections_of(study)[0], text=text, based_on=0, by=builders.person())
    study.status = CaseStudyStatus.APPROVED
    study.save()
    return study


def case_study(world: World) -> dict[str, object]:
    return {"pk": world.extra.case_study.pk}


def part(name: str) -> Callable[[World], dict[str, object]]:
    return lambda world: case_study(world) | {"part": name}


def step(world: World) -> dict[str, object]:
    return {"pk": world.extra.case_study.pk, "to": "in_review"}


def publish(world: World) -> dict[str, object]:
    return {"pk": world.extra.approved.pk, "to": "published"}


def published(world: World) -> dict[str, object]:
    return {"pk": world.extra.published.pk}


def section(world: World) -> dict[str, object]:
    return {"pk": world.extra.section.pk}


def first_text(world: World) -> dict[str, object]:
    return {"pk": world.extra.section.pk, "number": 1}


def draft(world: World) -> dict[str, object]:
    return {"pk": world.extra.draft.pk}


def project(world: World) -> dict[str, object]:
    return {"project_pk": world.project.pk}


def programme(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug}


def dimension(world: World) -> dict[str, object]:
    frame = world.programme.frame.dimensions.filter(parent=None)
    return {"slug": world.programme.slug, "pk": frame.order_by("position")[0].pk}


def unmade_pdf(world: World) -> dict[str, object]:
    return {"programme_slug": world.programme.slug, "project_slug": world.other_project.slug}


INSIDE = {"programme": 403, "project": 403}  # who knows of it, and may not
READ = answers(404, **INSIDE, staff=200, evaluator=200)
WRITE = answers(404, **INSIDE, evaluator=200)
OPENED = answers(404, **INSIDE, evaluator=302)
PUBLISH = answers(404, programme=403, evaluator=200)  # of a third project
OVERVIEW = answers(404, programme=403, staff=200, evaluator=200)
MADE = answers(404, programme=403, evaluator=302)

ROWS = [
    Row("evaluation:home_drafts", get=answers(404, any_evaluator=200)),
    Row("evaluation:home_case_studies", get=answers(404, any_evaluator=200)),
    Row(
        "evaluation:case_studies", programme, answers(404, programme=403, staff=200, evaluator=200)
    ),
    Row("evaluation:case_study", case_study, READ),
    Row(
        "evaluation:case_study",
        published,
        answers(404, programme=200, enabler_elsewhere=200, partner_elsewhere=200),
    ),
    Row("evaluation:case_study_history", case_study, READ),
    Row("evaluation:case_study_start", project, OPENED, OPENED),
    Row("evaluation:case_study_edit", case_study, WRITE, WRITE),
    Row("evaluation:case_study_status", step, WRITE, OPENED),
    Row("evaluation:case_study_status", publish, PUBLISH, PUBLISH),
    Row("evaluation:section", section, WRITE, WRITE),
    Row(
        "evaluation:section_autosave",
        section,
        post=answers(404, **INSIDE, evaluator=422),
    ),
    Row("evaluation:section_quotes", section, WRITE, OPENED),
    Row("evaluation:section_revisions", section, WRITE),
    Row("evaluation:section_revision", first_text, WRITE),
    Row("evaluation:draft", draft, WRITE, WRITE),
    Row("evaluation:draft_discard", draft, post=OPENED),
    Row("evaluation:case_study_preview", case_study, READ),
    Row("evaluation:case_study_part", part("case"), READ),
    Row("evaluation:case_study_part", part("findings"), READ),
    Row("evaluation:case_study_part", part("evidence"), READ),
    Row("evaluation:case_study_files", case_study, post=OPENED),
    Row("evaluation:report", programme, OVERVIEW),
    Row("evaluation:report_case_studies", programme, OVERVIEW),
    Row("evaluation:report_sources", programme, OVERVIEW),
    Row("evaluation:report_findings", programme, OVERVIEW),
    Row("evaluation:report_finding", dimension, OVERVIEW),
    Row("evaluation:report_evidence", programme, OVERVIEW),
    Row("evaluation:report_files", programme, OVERVIEW, MADE),
    Row("evaluation:published", get=answers(200, everyone=200)),
    Row("evaluation:published_pdf", unmade_pdf, answers(404, everyone=404)),
]
