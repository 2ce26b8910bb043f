import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from evaluation.actions.case_studies import change_case_study, start_case_study
from tests import builders
from tests.evaluation.sections import sections_of

pytestmark = pytest.mark.django_db


def test_a_case_study_has_the_narrative_headings_then_the_dimensions_of_the_frame():
    frame = builders.lens_version("Beginnings", "Ends", parts={"Ends": ["Part of the end"]})
    programme = builders.programme(frame=frame)
    case_study = builders.case_study(builders.project(programme))
    assert [str(section) for section in sections_of(case_study)] == [
        "Start-up conditions",
        "Organisational and political context",
        "Key partners and stakeholders",
        "What the enabler did",
        "Outcomes and experiences",
        "Data and metrics",
        "Beginnings",
        "Ends",
    ]


def test_a_project_has_one_case_study():
    case_study = builders.case_study()
    with pytest.raises(ValidationError, match="has a case study already"):
        start_case_study(project=case_study.project, type="full", by=builders.person())


def test_an_unknown_type_is_refused():
    with pytest.raises(ValidationError, match="Choose full, mid-level or mini"):
        start_case_study(project=builders.project(), type="huge", by=builders.person())


def test_title_and_type_are_part_of_what_is_revised():
    case_study, person = builders.case_study(type="mini"), builders.person()
    changed = change_case_study(case_study=case_study, title=" A title ", type="full", by=person)
    assert (changed.title, changed.type, changed.revision) == ("A title", "full", 1)
    again = change_case_study(case_study=case_study, title="A title", type="full", by=person)
    assert again.revision == 1
    event = AuditEvent.objects.get(kind="evaluation.case_study_changed")
    assert event.changes == {"title": ["", "A title"], "type": ["Mini", "Full"]}


def test_a_title_can_be_too_long():
    with pytest.raises(ValidationError, match="200 characters"):
        change_case_study(
            case_study=builders.case_study(), title="x" * 201, type="mini", by=builders.person()
        )
