"""Starting a case study, and changing what it is called and which type it is."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.audit import changes_between, record
from accounts.models import Person
from evaluation.actions.evidence import lock
from evaluation.events import CaseStudyEvent
from evaluation.models import CaseStudy, CaseStudyStatus, CaseStudyType, Heading, Section
from programmes.models import Dimension, Project

LOCKED = "locked"


@transaction.atomic
def start_case_study(*, project: Project, type: str, by: Person) -> CaseStudy:
    """The project's case study, with an empty section for each heading and each dimension."""
    _check_type(type)
    lock(project)
    if CaseStudy.objects.filter(project=project).exists():
        raise ValidationError("This project has a case study already. Open it to change it.")
    case_study = CaseStudy.objects.create(
        project=project, type=type, created_by=by, created_by_name=str(by)
    )
    frame = Dimension.objects.filter(version=project.programme.frame_id, parent=None)
    Section.objects.bulk_create(empty_sections(case_study, frame))
    record(
        CaseStudyEvent.STARTED,
        by=by,
        subject=case_study,
        scope=project.programme,
        changes={"type": ["", type]},
    )
    return case_study


def empty_sections(case_study: CaseStudy, frame: Iterable[Dimension]) -> list[Section]:
    """Its sections before anybody writes: one for each heading, one for each dimension of the frame."""
    headings = [Section(case_study=case_study, heading=heading) for heading in Heading.values]
    return headings + [Section(case_study=case_study, dimension=dimension) for dimension in frame]


@transaction.atomic
def change_case_study(*, case_study: CaseStudy, title: str, type: str, by: Person) -> CaseStudy:
    """Its title and type. Both stand on its cover, so a change makes a new revision."""
    _check_type(type)
    current = locked_for_writing(case_study.pk)
    require_draft(current)
    new = {"title": title.strip(), "type": type}
    changes = changes_between(current, new)
    if not changes:
        return current
    current.title, current.type = new["title"], new["type"]
    current.revision += 1
    current.full_clean(exclude=["project", "created_by"])
    current.save()
    record(
        CaseStudyEvent.CHANGED,
        by=by,
        subject=current,
        scope=current.project.programme,
        changes=changes,
    )
    return current


def locked_for_writing(pk: int) -> CaseStudy:
    """The case study as it stands, locked until the transaction ends: its writers come one by one."""
    return (
        CaseStudy.objects.select_for_update(of=("self",), no_key=True)
        .select_related("project__programme", "project__place")
        .get(pk=pk)
    )


def require_draft(case_study: CaseStudy) -> None:
    """Only a draft's text may change: what is reviewed, approved or published stays as it was read."""
    if case_study.status != CaseStudyStatus.DRAFT:
        raise ValidationError(
            f"This case study is {case_study.get_status_display().lower()}, so its text is locked."
            " Send it back to draft to change it.",
            code=LOCKED,
        )


def _check_type(type_: str) -> None:
    if type_ not in CaseStudyType.values:
        raise ValidationError({"type": "Choose full, mid-level or mini."})
