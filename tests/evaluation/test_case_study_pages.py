import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.roles import Role
from evaluation.actions.sections import Conflict, save_section
from evaluation.actions.statuses import change_status
from evaluation.models import CaseStudy, CaseStudyStatus
from evaluation.tables import case_studies_of
from tests import builders
from tests.evaluation.sections import sections_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_study():
    study = builders.case_study(type="full")
    builders.excerpt(study.project, "People came\nfirst.", speaker_role="councillor")
    section = sections_of(study)[0]
    text = "It began <b>so</b>.\n\n[Q1]\n\n*Then* more."
    save_section(section=section, text=text, based_on=0, by=builders.person())
    return study


@pytest.fixture
def evaluator(case_study, client):
    someone = builders.evaluator(case_study.project.programme, name="Eva Evaluator")
    client.force_login(someone)
    return someone


@pytest.fixture
def queries_of(client):
    def count(path):
        client.get(path)  # once before, so that nothing is counted that is cached afterwards
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    return count


def address(name, case_study, **more):
    return reverse(f"evaluation:{name}", kwargs={"pk": case_study.pk, **more})


def html(response):
    return response.content.decode()


def withdraw_its_evidence(case_study):
    evidence = case_study.project.evidence.get()
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), builders.person()
    evidence.save()


def test_the_page_reads_text_with_its_quotes_and_their_thread(client, case_study, evaluator):
    page = html(client.get(case_study.get_absolute_url()))
    assert "It began &lt;b&gt;so&lt;/b&gt;." in page
    assert "<em>Then</em>" in page
    assert "People came<br>first." in page
    assert f"councillor, {case_study.project.place}" in page
    excerpt = case_study.project.excerpts.get()
    assert reverse("evaluation:excerpt", kwargs={"pk": excerpt.pk}) in page


def test_the_page_says_what_is_missing_and_what_is_not_written(client, case_study, evaluator):
    page = html(client.get(case_study.get_absolute_url()))
    assert "Add a site visit." in page
    assert "Add 4 more interviews (1 of 5 are there)." in page
    assert page.count("Not written yet.") == 7


def test_a_withdrawn_quote_is_marked_and_its_words_are_gone(client, case_study, evaluator):
    withdraw_its_evidence(case_study)
    page = html(client.get(case_study.get_absolute_url()))
    assert "Quotes in this case study were withdrawn" in page
    assert "in “Start-up conditions”: its evidence (E1) was withdrawn" in page
    assert "People came" not in page


def test_a_partner_reads_only_what_is_published_and_no_thread(client, case_study):
    partner = builders.grant(builders.person(), Role.PARTNER, case_study.project.place)
    client.force_login(partner)
    assert client.get(case_study.get_absolute_url()).status_code == 403
    CaseStudy.objects.update(status=CaseStudyStatus.PUBLISHED)
    page = html(client.get(case_study.get_absolute_url()))
    assert "People came" in page
    assert "evaluation/evidence/" not in page
    assert "Add a site visit." not in page
    assert "Not written yet" not in page
    withdraw_its_evidence(case_study)
    assert "(E1)" not in html(client.get(case_study.get_absolute_url()))


def test_a_case_study_is_started_from_its_project(client, case_study):
    project = builders.project(case_study.project.programme)
    client.force_login(builders.evaluator(project.programme))
    path = reverse("evaluation:case_study_start", kwargs={"project_pk": project.pk})
    page = html(client.get(path))
    assert "Expects a site visit, 5 interviews, a memorandum of understanding and minutes" in page
    assert "Select a type of case study" in html(client.post(path, {}))
    assert client.post(path, {"type": "mid-level"}).status_code == 302
    assert project.case_study.type == "mid-level"
    assert client.get(path).url == project.case_study.get_absolute_url()


def test_title_and_type_are_changed(client, case_study, evaluator):
    path = address("case_study_edit", case_study)
    assert client.post(path, {"title": "New", "type": "mini"}).status_code == 302
    case_study.refresh_from_db()
    assert (case_study.title, case_study.type, case_study.revision) == ("New", "mini", 2)
    CaseStudy.objects.update(status=CaseStudyStatus.APPROVED)
    assert "text is locked" in html(client.post(path, {"title": "Newer", "type": "mini"}))


def test_a_status_is_changed_on_a_page_that_says_what_it_means(client, case_study, evaluator):
    path = address("case_study_status", case_study, to="in_review")
    assert "Locks the text" in html(client.get(path))
    page = html(client.post(path, follow=True))
    assert "The case study is now in review." in page
    assert "Draft to in review" in html(client.get(address("case_study_history", case_study)))
    approve = address("case_study_status", case_study, to="approved")
    assert "only evaluator" not in html(client.get(approve))
    refused = html(client.post(approve))
    assert "You are the only evaluator. Say how the case study was cross-checked." in refused
    back = address("case_study_status", case_study, to="draft")
    assert "Enter the reason" in html(client.post(back))


def test_files_and_changes_of_status_come_as_a_panel(client, case_study, evaluator):
    history = address("case_study_history", case_study)
    assert f'hx-get="{history}?changes=2"' in html(
        client.get(case_study.get_absolute_url(), {"changes": 2})
    )
    assert "No files and no changes of status." in html(client.get(history))
    change_status(case_study=case_study, to="in_review", by=evaluator)
    panel = html(client.get(history, headers={"HX-Request": "true"}))
    assert "Draft to in review" in panel
    assert "<html" not in panel
    assert "Draft to in review" not in html(client.get(history, {"changes": 2}))


def test_whose_draft_would_be_left_out_is_said_and_has_to_be_confirmed(
    client, case_study, evaluator
):
    colleague = builders.evaluator(case_study.project.programme, name="Sam Second")
    with pytest.raises(Conflict) as conflict:
        save_section(section=sections_of(case_study)[0], text="Theirs.", based_on=0, by=colleague)
    kept_at = timezone.localtime(conflict.value.draft.kept_at)
    CaseStudy.objects.update(status=CaseStudyStatus.APPROVED)
    path = address("case_study_status", case_study, to="published")
    page = html(client.get(path))
    assert f"Sam Second, “Start-up conditions”, {date_format(kept_at, 'j F Y, H:i')}" in page
    assert "Theirs." not in page
    assert "Tick “Publish without these drafts” to go on" in html(client.post(path))
    assert client.post(path, {"without_drafts": "on"}).status_code == 302
    assert CaseStudy.objects.get().status == CaseStudyStatus.PUBLISHED


def test_nothing_is_to_be_confirmed_where_all_is_saved(client, case_study, evaluator):
    CaseStudy.objects.update(status=CaseStudyStatus.APPROVED)
    path = address("case_study_status", case_study, to="published")
    assert "without these drafts" not in html(client.get(path))
    assert client.post(path).status_code == 302


def test_what_stands_in_the_way_is_said_before_the_button(client, case_study, evaluator):
    withdraw_its_evidence(case_study)
    page = html(client.get(address("case_study_status", case_study, to="in_review")))
    assert "Take out Q1 in “Start-up conditions”" in page
    assert "<textarea" not in page


def test_a_step_that_is_no_longer_possible_leads_back(client, case_study, evaluator):
    path = address("case_study_status", case_study, to="published")
    assert "This case study is draft now." in html(client.get(path, follow=True))


def test_the_page_takes_the_same_queries_for_many_quotes(case_study, evaluator, queries_of):
    before = queries_of(case_study.get_absolute_url())
    for _ in range(5):
        builders.excerpt(case_study.project)
    for section in sections_of(case_study)[1:]:
        text = "\n\n".join(f"[Q{number}]" for number in range(1, 7))
        save_section(section=section, text=text, based_on=0, by=evaluator)
    assert queries_of(case_study.get_absolute_url()) == before


def test_the_list_takes_the_same_queries_for_many_case_studies(case_study, evaluator, queries_of):
    path = reverse("evaluation:case_studies", kwargs={"slug": case_study.project.programme.slug})
    before = queries_of(path)
    for _ in range(5):
        builders.case_study(builders.project(case_study.project.programme), type="full")
    assert queries_of(path) == before


def test_the_list_tells_status_type_and_what_is_missing(client, case_study, evaluator):
    path = reverse("evaluation:case_studies", kwargs={"slug": case_study.project.programme.slug})
    page = html(client.get(path))
    assert case_study.project.place.name in page
    assert "Add a site visit.<br>Add 4 more interviews" in page
    assert "Nothing matches" in html(client.get(path, {"status": "approved"}))


def test_the_last_change_is_of_status_of_a_text_or_the_start(case_study, evaluator):
    programme = case_study.project.programme
    started = builders.case_study(builders.project(programme))
    listed = case_studies_of(programme).in_bulk()
    saved = case_study.sections.get(revisions__isnull=False).revisions.get()
    assert vars(listed[case_study.pk])["changed"] == saved.saved_at
    assert vars(listed[started.pk])["changed"] == started.created_at
    change_status(case_study=case_study, to="in_review", by=evaluator)
    changed = case_study.status_changes.get().changed_at
    assert vars(case_studies_of(programme).get(pk=case_study.pk))["changed"] == changed


def test_published_case_studies_are_open_to_everyone(client, case_study):
    path = reverse("evaluation:published")
    assert "No case study is published yet." in html(client.get(path))
    CaseStudy.objects.update(status=CaseStudyStatus.PUBLISHED)
    page = html(client.get(path))
    assert f"Case study of {case_study.project.place}: its PDF is being made" in page
    withdraw_its_evidence(case_study)
    assert case_study.project.place.name not in html(client.get(path))
