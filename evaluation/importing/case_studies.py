"""The column `case_study_type` of the sheet of projects."""

from evaluation.actions.case_studies import empty_sections
from evaluation.events import CaseStudyEvent
from evaluation.models import CaseStudy, CaseStudyStatus, CaseStudyType, Section
from programmes.importing.plans import Batch, Plan, add_planner
from programmes.importing.tables import Row
from programmes.importing.words import folded
from programmes.models import Dimension, Project


def plan_case_studies(plan: Plan) -> None:
    rows = [(row, project) for row in plan.rows("projects") if (project := _project(plan, row))]
    batch = Batch("case studies", CaseStudy, CaseStudyEvent.STARTED, CaseStudyEvent.CHANGED)
    sections: Batch[Section] = Batch("", Section, None, None)
    plan.add(batch)
    plan.add(sections)
    held = {
        case_study.project_id: case_study
        for case_study in CaseStudy.objects.filter(
            project__in=[project for _, project in rows if project.pk]
        ).select_related("project__place")
    }
    assert plan.programme is not None
    frame = list(Dimension.objects.filter(version=plan.programme.frame_id, parent=None))
    for row, project in rows:
        type_: str | None = row["case_study_type"]
        if type_ is None:
            continue
        if project.pk in held:
            _compare(plan, row, batch, held[project.pk], type_)
            continue
        case_study = batch.create(
            CaseStudy(
                project=project, type=type_, created_by=plan.by, created_by_name=plan.by_name
            ),
            {"type": ["", type_]},
        )
        for section in empty_sections(case_study, frame):
            sections.create(section)


def _project(plan: Plan, row: Row) -> Project | None:
    """The project that the row itself made or changed; what is wrong with its place was said then."""
    return plan.projects.get(folded(row["place"]), {}).get(row["cohort"])


def _compare(plan: Plan, row: Row, batch: Batch[CaseStudy], held: CaseStudy, type_: str) -> None:
    if held.type == type_:
        batch.compare(held, {})
    elif held.status == CaseStudyStatus.DRAFT:
        # The type stands on its cover, so another type is another revision.
        batch.compare(held, {"type": type_, "revision": held.revision + 1})
    else:
        plan.fault(
            row,
            "case_study_type",
            f"{held} is {held.get_status_display().lower()} as"
            f" {CaseStudyType(held.type).label.lower()}."
            " Write that, or send the case study back to draft first.",
        )


add_planner(plan_case_studies, order=110)
