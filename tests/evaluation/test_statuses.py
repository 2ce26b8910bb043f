import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from evaluation.actions.sections import Conflict, save_section
from evaluation.actions.statuses import STEPS, change_status
from evaluation.models import CaseStudyStatus, StatusChange
from tests import builders
from tests.evaluation.sections import sections_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_study():
    study = builders.case_study()
    builders.excerpt(study.project)
    section = sections_of(study)[0]
    save_section(section=section, text="Text.\n\n[Q1]", based_on=0, by=builders.person())
    return study


@pytest.fixture
def author(case_study):
    return builders.evaluator(case_study.project.programme)


@pytest.fixture
def colleague(case_study):
    return builders.evaluator(case_study.project.programme)


def withdraw_its_evidence(case_study):
    evidence = case_study.project.evidence.get()
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), builders.person()
    evidence.save()


def test_from_draft_to_published_each_change_is_a_row(case_study, author, colleague):
    change_status(case_study=case_study, to="in_review", by=author)
    change_status(case_study=case_study, to="approved", by=colleague)
    change_status(case_study=case_study, to="published", by=author)
    rows = [(row.old, row.new, row.revision) for row in StatusChange.objects.order_by("pk")]
    assert rows == [
        ("draft", "in_review", 1),
        ("in_review", "approved", 1),
        ("approved", "published", 1),
    ]
    assert AuditEvent.objects.filter(kind="evaluation.case_study_status_changed").count() == 3


@pytest.mark.parametrize("old", CaseStudyStatus.values)
@pytest.mark.parametrize("new", CaseStudyStatus.values)
def test_only_the_steps_of_the_table_are_taken(case_study, author, old, new):
    case_study.status = old
    case_study.save()
    allowed = (old, new) in {(step.old, step.new) for step in STEPS}
    if allowed:
        assert change_status(case_study=case_study, to=new, by=author, reason="So.").status == new
    else:
        with pytest.raises(ValidationError, match=r"already|cannot become"):
            change_status(case_study=case_study, to=new, by=author, reason="So.")


def test_whoever_sent_it_for_review_does_not_approve_it(case_study, author, colleague):
    change_status(case_study=case_study, to="in_review", by=author)
    with pytest.raises(ValidationError, match="another evaluator must approve"):
        change_status(case_study=case_study, to="approved", by=author, reason="I am sure.")


def test_the_only_evaluator_approves_with_a_recorded_reason(case_study, author):
    change_status(case_study=case_study, to="in_review", by=author)
    with pytest.raises(ValidationError, match="Say how the case study was cross-checked"):
        change_status(case_study=case_study, to="approved", by=author)
    change_status(case_study=case_study, to="approved", by=author, reason="Read with the team.")
    assert StatusChange.objects.first().reason == "Read with the team."


def test_a_way_back_needs_a_reason(case_study, author):
    change_status(case_study=case_study, to="in_review", by=author)
    with pytest.raises(ValidationError, match="Say why"):
        change_status(case_study=case_study, to="draft", by=author, reason=" ")


def test_an_empty_case_study_is_not_reviewed():
    study = builders.case_study()
    author = builders.evaluator(study.project.programme)
    with pytest.raises(ValidationError, match="Write at least one section"):
        change_status(case_study=study, to="in_review", by=author)


def test_only_evaluators_change_it(case_study):
    staff = builders.staff(case_study.project.programme)
    with pytest.raises(PermissionDenied):
        change_status(case_study=case_study, to="in_review", by=staff)


def test_withdrawn_evidence_stops_publishing_and_says_where(case_study, author, colleague):
    change_status(case_study=case_study, to="in_review", by=author)
    change_status(case_study=case_study, to="approved", by=colleague)
    withdraw_its_evidence(case_study)
    with pytest.raises(ValidationError) as refused:
        change_status(case_study=case_study, to="published", by=author)
    assert refused.value.messages == [
        "Take out Q1 in “Start-up conditions”: its evidence (E1) was withdrawn."
    ]


def test_what_a_colleague_could_not_save_is_left_out_only_if_that_is_said(
    case_study, author, colleague
):
    section = sections_of(case_study)[0]
    with pytest.raises(Conflict):
        save_section(section=section, text="Theirs.", based_on=0, by=colleague)
    change_status(case_study=case_study, to="in_review", by=author)
    change_status(case_study=case_study, to="approved", by=colleague)
    with pytest.raises(ValidationError, match="could not be saved and is not settled"):
        change_status(case_study=case_study, to="published", by=author)
    change_status(case_study=case_study, to="published", by=author, without_drafts=True)
    assert section.drafts.get().text == "Theirs."


def test_the_database_keeps_what_was_written(case_study, author):
    change_status(case_study=case_study, to="in_review", by=author)
    revision = sections_of(case_study)[0].revisions.get()
    for row in (StatusChange.objects.get(), revision):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()
