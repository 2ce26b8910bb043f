"""Who knows of what in a place that takes part in two programmes."""

import pytest

from accounts.models import Person
from accounts.roles import Role
from evaluation.models import CaseStudy, CaseStudyStatus
from programmes.models import Project
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_projects() -> tuple[Project, Project]:
    """Of one place, in two programmes."""
    place = builders.place()
    return builders.project(place=place), builders.project(place=place)


def may(person: Person, *names: str, on: Project | CaseStudy) -> list[bool]:
    return [person.has_perm(f"evaluation.{name}", on) for name in names]


def test_an_enabler_knows_nothing_of_the_other_programmes_project(
    two_projects: tuple[Project, Project],
) -> None:
    mine, other = two_projects
    enabler = builders.grant(builders.person(), Role.ENABLER, mine)
    assert may(enabler, "know_of", "view_evidence", "view_sources", on=mine) == [True, False, False]
    assert may(enabler, "know_of", "view_evidence", "view_sources", on=other) == [False] * 3


def test_a_partner_knows_of_both_and_reads_what_is_published(
    two_projects: tuple[Project, Project],
) -> None:
    for project in two_projects:
        partner = builders.grant(builders.person(), Role.PARTNER, project.place)
        study = builders.case_study(project)
        assert may(partner, "know_of", "view_evidence", on=project) == [True, False]
        assert may(partner, "view_case_study", "download_case_study", on=study) == [False, False]
        study.status = CaseStudyStatus.PUBLISHED
        assert may(partner, "view_case_study", "download_case_study", on=study) == [True, False]


def test_an_evaluator_of_one_programme_reads_nothing_of_the_other(
    two_projects: tuple[Project, Project],
) -> None:
    mine, other = two_projects
    evaluator = builders.evaluator(mine.programme)
    assert may(evaluator, "know_of", "view_evidence", on=mine) == [True, True]
    assert may(evaluator, "know_of", "view_evidence", on=other) == [False, False]
