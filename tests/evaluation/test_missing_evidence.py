import pytest

from evaluation.models import CaseStudy, Source
from evaluation.queries.missing_evidence import Quantities, missing_evidence, missing_evidence_of
from tests import builders

pytestmark = pytest.mark.django_db


def case_study_with(type, **quantities):
    project = builders.project()
    for kind, quantity in quantities.items():
        Source.objects.create(project=project, kind=kind.replace("_", " "), quantity=quantity)
    study = builders.case_study(project, type=type)
    return CaseStudy.objects.annotate(quantities=Quantities("project")).get(pk=study.pk)


def test_a_full_case_study_states_all_it_lacks():
    assert missing_evidence(case_study_with("full")) == [
        "Add a site visit.",
        "Add 5 interviews.",
        "Add a memorandum of understanding.",
        "Add minutes or reports.",
    ]


@pytest.mark.parametrize(("there", "says"), [(2, "3 more interviews"), (4, "one more: an interv")])
def test_some_interviews_are_not_enough(there, says):
    [sentence] = missing_evidence(
        case_study_with(
            "full", interview=there, site_visit=1, memorandum_of_understanding=1, minutes=1
        )
    )
    assert says in sentence
    assert f"({there} of 5 are there)" in sentence


def test_enough_is_enough():
    mid = case_study_with(
        "mid-level", interview=4, memorandum_of_understanding=1, project_reports=2
    )
    mini = case_study_with("mini", project_documentation=1, website=1)
    assert missing_evidence(mid) == missing_evidence(mini) == []


def test_many_are_asked_in_one_query(django_assert_num_queries):
    studies = [case_study_with("mini", website=1) for _ in range(3)]
    with django_assert_num_queries(1):
        found = missing_evidence_of(studies)
    assert list(found.values()) == [["Add project documents."]] * 3
