"""Who may see evidence, write case studies and make reports. Raw texts are the evaluators' alone."""

import rules

from accounts.models import Person
from accounts.roles import Role
from evaluation.models import CaseStudy, CaseStudyStatus, Coding, Evidence, Excerpt, Upload
from programmes.models import Programme, Project
from programmes.permissions import (
    has_a_role_in_the_programme,
    is_enabler_of_the_project,
    is_evaluator,
    is_partner_of_the_place,
    is_staff,
)

Subject = Programme | Project | CaseStudy | Evidence | Upload | Excerpt | Coding


def _project(row: Subject) -> Programme | Project:
    if isinstance(row, Programme | Project):
        return row
    return row.excerpt.project if isinstance(row, Coding) else row.project


@rules.predicate
def evaluates(person: Person, row: Subject | None) -> bool:
    return row is not None and is_evaluator.test(person, _project(row))


@rules.predicate
def runs(person: Person, row: Subject | None) -> bool:
    return row is not None and is_staff.test(person, _project(row))


_HAS_A_PART = has_a_role_in_the_programme | is_enabler_of_the_project | is_partner_of_the_place


@rules.predicate
def takes_part(person: Person, row: Subject | None) -> bool:
    """Any role in the programme, enabler of the project, or partner of its place."""
    return row is not None and _HAS_A_PART.test(person, _project(row))


@rules.predicate
def is_published(person: Person, row: Subject | None) -> bool:
    return isinstance(row, CaseStudy) and row.status == CaseStudyStatus.PUBLISHED


@rules.predicate
def evaluates_somewhere(person: Person) -> bool:
    return person.holds_anywhere(Role.EVALUATOR)


rules.add_perm("evaluation.have_case_studies", evaluates_somewhere)

# Insiders (who know that a project has an evaluation) get 403 where outsiders get 404.
rules.add_perm("evaluation.know_of", takes_part)
rules.add_perm("evaluation.view_evidence", evaluates)
rules.add_perm("evaluation.change_evidence", evaluates)
rules.add_perm("evaluation.view_sources", evaluates | runs)
rules.add_perm("evaluation.list_case_studies", evaluates | runs)
rules.add_perm("evaluation.view_case_study", evaluates | runs | (takes_part & is_published))
rules.add_perm("evaluation.change_case_study", evaluates)
# Files made along the way hold drafts; what is published has an address of its own.
rules.add_perm("evaluation.download_case_study", evaluates | runs)
rules.add_perm("evaluation.view_report", evaluates | runs)
rules.add_perm("evaluation.make_report", evaluates)
