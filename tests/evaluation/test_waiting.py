import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.sections import Conflict, save_section
from evaluation.actions.statuses import change_status
from evaluation.actions.uploads import upload
from evaluation.models import Upload
from evaluation.queries.waiting import unsettled_of, waiting_for
from tests import builders
from tests.evaluation.sections import sections_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_study():
    study = builders.case_study()
    builders.excerpt(study.project)
    section = sections_of(study)[0]
    save_section(section=section, text="[Q1]", based_on=0, by=builders.person())
    return study


@pytest.fixture
def author(case_study):
    return builders.evaluator(case_study.project.programme)


@pytest.fixture
def colleague(case_study):
    return builders.evaluator(case_study.project.programme)


def test_a_draft_waits_for_its_writer(case_study, author, colleague):
    with pytest.raises(Conflict):
        save_section(section=sections_of(case_study)[0], text="Mine.", based_on=0, by=author)
    assert [draft.text for draft in unsettled_of(author).drafts] == ["Mine."]
    assert unsettled_of(colleague).drafts == []


def test_a_file_waits_for_whoever_uploaded_it_until_it_is_accepted(
    client, author, colleague, case_study
):
    project = case_study.project
    upload(project=project, file_name="visit.txt", content=b"We met.", details={}, by=author)
    assert [row.file_name for row in unsettled_of(author).uploads] == ["visit.txt"]
    assert unsettled_of(colleague).uploads == []
    client.force_login(author)
    assert "visit.txt" in client.get(reverse("evaluation:home_drafts")).content.decode()


def test_of_many_files_the_first_are_shown_and_it_is_said(client, author, case_study):
    project = case_study.project
    for number in range(11):
        Upload.objects.create(project=project, file_name=f"visit-{number}.txt", uploaded_by=author)
    client.force_login(author)
    page = client.get(reverse("evaluation:home_drafts")).content.decode()
    assert "Files whose text is not accepted yet: the first 10" in page
    assert "visit-9.txt" in page
    assert "visit-10.txt" not in page


def test_what_is_in_review_waits_for_whoever_did_not_send_it(case_study, author, colleague):
    change_status(case_study=case_study, to="in_review", by=author)
    assert waiting_for(author).to_review == []
    assert waiting_for(colleague).to_review == [case_study]


def test_it_waits_for_the_only_evaluator_even_so(case_study, author):
    change_status(case_study=case_study, to="in_review", by=author)
    assert waiting_for(author).to_review == [case_study]


def test_withdrawn_quotes_and_lacking_evidence_wait_for_evaluators(case_study, author):
    evidence = case_study.project.evidence.get()
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), author
    evidence.save()
    waiting = waiting_for(author)
    assert [str(touched) for touched in waiting.touched] == [
        "Q1 in “Start-up conditions”: its evidence (E1) was withdrawn"
    ]
    [lacking] = waiting.lacking
    assert lacking.sentences == ["Add project documents.", "Add a website."]


def test_nothing_of_other_programmes_waits(case_study):
    elsewhere = builders.evaluator(builders.programme())
    assert not waiting_for(elsewhere)
    assert not unsettled_of(elsewhere)


def test_the_panel_is_a_page_and_a_part_of_one(client, case_study, author):
    client.force_login(author)
    path = reverse("evaluation:home_case_studies")
    page = client.get(path).content.decode()
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "Add project documents." in page
    assert "Add project documents." in part
    assert "<html" in page
    assert "<html" not in part


def test_many_case_studies_take_the_same_queries(case_study, author, django_assert_max_num_queries):
    for _ in range(4):
        study = builders.case_study(builders.project(case_study.project.programme))
        builders.excerpt(study.project)
        save_section(section=sections_of(study)[0], text="[Q1]", based_on=0, by=author)
    with django_assert_max_num_queries(7):
        waiting_for(author)
