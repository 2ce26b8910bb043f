import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluation.actions.sections import save_section
from evaluation.models import CaseStudy, CaseStudyStatus, Draft
from tests import builders
from tests.evaluation.sections import sections_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_study():
    return builders.case_study()


@pytest.fixture
def section(case_study):
    return sections_of(case_study)[-1]


@pytest.fixture
def path(section):
    return reverse("evaluation:section", kwargs={"pk": section.pk})


@pytest.fixture
def autosave(section):
    return reverse("evaluation:section_autosave", kwargs={"pk": section.pk})


@pytest.fixture
def quotes(section):
    return reverse("evaluation:section_quotes", kwargs={"pk": section.pk})


@pytest.fixture
def writer(case_study, client):
    someone = builders.evaluator(case_study.project.programme, name="Wanda Writer")
    client.force_login(someone)
    return someone


def html(response):
    return response.content.decode()


def saved_meanwhile(section, text="Theirs."):
    save_section(
        section=section,
        text=text,
        based_on=section.number,
        by=builders.evaluator(section.case_study.project.programme, name="First Writer"),
    )


def test_a_section_is_saved_without_a_script(client, path, section, writer):
    page = client.get(path)
    window = page.context["form"]["window"].value()
    response = client.post(
        path, {"text": " One.\r\n\r\nTwo. ", "based_on": 0, "window": window}, follow=True
    )
    assert f"“{section}” is saved." in html(response)
    section.refresh_from_db()
    assert section.text == " One.\n\nTwo. "


def test_a_place_button_adds_the_quote_at_the_end(client, path, case_study, section, writer):
    builders.excerpt(case_study.project)
    client.post(path, {"text": "One.", "based_on": 0, "place": "Q1"})
    section.refresh_from_db()
    assert section.text == "One.\n\n[Q1]\n"


def test_a_refused_text_stays_in_the_field_with_the_reason(client, path, section, writer):
    page = html(client.post(path, {"text": "One.\n\n[Q5]", "based_on": 0, "window": "w"}))
    assert f"Q5 in paragraph 2 of “{section}” is no excerpt of this project." in page
    assert "One.\n\n[Q5]</textarea>" in page


def test_a_tampered_form_keeps_what_was_typed(client, path, writer):
    page = html(client.post(path, {"text": "One.", "based_on": "x"}))
    assert "One.</textarea>" in page
    assert "There is a problem" in page


def test_the_page_names_the_panel_of_its_quotes(client, path, quotes, writer):
    page = html(client.get(path))
    assert f'hx-get="{quotes}"' in page
    panel = html(client.get(quotes, headers={"HX-Request": "true"}))
    assert "Coded to" in panel
    assert "<html" not in panel


def test_the_panel_offers_the_quotes_of_the_dimension(client, quotes, case_study, section, writer):
    project = case_study.project
    first = project.programme.frame.dimensions.get(position=1)
    builders.excerpt(project, "Elsewhere.", dimensions=[first])
    builders.excerpt(project, "Right here.", dimensions=[section.dimension])
    page = html(client.get(quotes))
    assert "Right here." in page
    assert "Elsewhere." not in page
    panel = html(
        client.get(quotes, {"dimension": "", "words": "else"}, headers={"HX-Target": "quotes"})
    )
    assert "Elsewhere." in panel
    assert "Right here." not in panel
    assert "<form" not in panel
    assert "Elsewhere." in html(client.get(quotes, {"dimension": first.pk}))
    assert "Elsewhere." in html(client.get(quotes, {"dimension": "nonsense"}))


def test_the_panel_takes_the_same_queries_for_many_quotes(
    client, quotes, case_study, writer, django_assert_num_queries
):
    builders.excerpt(case_study.project)
    client.get(quotes)
    with CaptureQueriesContext(connection) as of_one:
        client.get(quotes, {"dimension": ""})
    for _ in range(5):
        builders.excerpt(case_study.project)
    with django_assert_num_queries(len(of_one)):
        client.get(quotes, {"dimension": ""})


def test_without_a_script_the_text_is_saved_before_a_quote_is_chosen(
    client, path, quotes, section, case_study, writer
):
    builders.excerpt(case_study.project)
    saved = client.post(path, {"text": "One.", "based_on": 0, "then": "quotes"})
    assert saved.url == quotes
    assert client.post(quotes, {"place": "Q1"}).url == path
    section.refresh_from_db()
    assert section.text == "One.\n\n[Q1]\n"
    assert client.post(quotes, {"place": "no quote"}).url == quotes


def test_a_quote_taken_back_meanwhile_is_not_placed(client, quotes, section, writer):
    page = html(client.post(quotes, {"place": "Q5"}, follow=True))
    assert "Q5 in paragraph 1" in page
    section.refresh_from_db()
    assert section.text == ""


def test_a_locked_section_says_so_and_offers_nothing_to_place(
    client, path, quotes, case_study, writer
):
    builders.excerpt(case_study.project)
    CaseStudy.objects.update(status=CaseStudyStatus.PUBLISHED)
    page = html(client.get(path))
    assert "This case study is published, so its text is locked." in page
    assert "See the quotes" in page
    assert "Place this quote" not in html(client.get(quotes, {"dimension": ""}))


def test_the_second_writer_sees_both_texts_and_can_combine_them(client, path, section, writer):
    saved_meanwhile(section)
    response = client.post(path, {"text": "Mine.", "based_on": 0, "window": "w"})
    page = html(response)
    assert response.status_code == 409
    assert "First Writer saved it on" in page
    assert "Theirs.\n\nMine.</textarea>" in page
    draft = Draft.objects.get()
    response = client.post(
        reverse("evaluation:draft", kwargs={"pk": draft.pk}),
        {"text": "Theirs and mine.", "based_on": 1},
    )
    assert response.url == path
    section.refresh_from_db()
    assert section.text == "Theirs and mine."


def test_changes_of_different_paragraphs_are_put_together(client, path, section, writer):
    saved_meanwhile(section, "One.\n\nTwo.")
    section.refresh_from_db()
    saved_meanwhile(section, "One.\n\nTwo!")
    page = html(client.post(path, {"text": "One!\n\nTwo.", "based_on": 1}))
    assert "One!\n\nTwo!</textarea>" in page
    assert "You changed different paragraphs" in page


def test_a_draft_waits_for_its_writer_alone(client, path, section, case_study, writer):
    saved_meanwhile(section)
    client.post(path, {"text": "Mine.", "based_on": 0, "window": "w"})
    draft = reverse("evaluation:draft", kwargs={"pk": Draft.objects.get().pk})
    assert draft in html(client.get(path))
    assert draft in html(client.get(case_study.get_absolute_url()))
    client.force_login(builders.evaluator(case_study.project.programme))
    assert client.get(draft).status_code == 404
    assert draft not in html(client.get(path))


def test_the_page_takes_the_same_queries_for_many_drafts(
    client, path, section, writer, django_assert_num_queries
):
    def type_in(window):
        client.post(path, {"text": f"[Q{window}]", "based_on": 0, "window": window})

    type_in(8)
    with CaptureQueriesContext(connection) as of_one:
        client.get(path)
    queries = len(of_one)
    type_in(9)
    with django_assert_num_queries(queries):
        assert html(client.get(path)).count("Settle that draft") == 2


def test_settling_can_conflict_again_or_be_refused(client, path, section, writer):
    saved_meanwhile(section)
    client.post(path, {"text": "Mine.", "based_on": 0, "window": "w"})
    draft = reverse("evaluation:draft", kwargs={"pk": Draft.objects.get().pk})
    section.refresh_from_db()
    saved_meanwhile(section, "Theirs again.")
    assert client.post(draft, {"text": "Both.", "based_on": 1}).status_code == 409
    assert Draft.objects.get().text == "Both."
    page = html(client.post(draft, {"text": "Both.\n\n[Q9]", "based_on": 2}))
    assert "Q9 in paragraph 2" in page
    assert "[Q9]</textarea>" in page


def test_a_draft_says_why_it_cannot_be_saved(client, path, case_study, section, writer):
    client.post(path, {"text": "[Q9]", "based_on": 0, "window": "w"})
    draft = reverse("evaluation:draft", kwargs={"pk": Draft.objects.get().pk})
    assert "Q9 in paragraph 1" in html(client.get(draft))
    CaseStudy.objects.update(status=CaseStudyStatus.IN_REVIEW)
    assert "is in review, so its text is locked" in html(client.get(draft))


def test_a_draft_is_thrown_away_only_when_asked(client, path, section, writer):
    saved_meanwhile(section)
    client.post(path, {"text": "Mine.", "based_on": 0, "window": "w"})
    client.post(reverse("evaluation:draft_discard", kwargs={"pk": Draft.objects.get().pk}))
    assert not Draft.objects.exists()


def test_autosave_tells_what_became_of_the_text(client, autosave, section, writer):
    answer = client.post(autosave, {"text": "One.", "based_on": 0, "window": "w"})
    assert (answer.status_code, answer.json()["state"], answer.json()["number"]) == (
        200,
        "saved",
        1,
    )
    answer = client.post(autosave, {"text": "Two.", "based_on": 0, "window": "w"})
    assert (answer.status_code, answer.json()["state"]) == (409, "conflict")
    assert answer.json()["address"] == f"/evaluation/drafts/{Draft.objects.get().pk}/"
    assert "Wanda Writer saved this section" in answer.json()["sentence"]
    answer = client.post(autosave, {"text": "[Q4]", "based_on": 1, "window": "w"})
    assert answer.status_code == 422
    assert "Q4 in paragraph 1" in answer.json()["sentence"]
    assert client.post(autosave, {"text": "x"}).json()["state"] == "refused"


def test_every_text_of_a_section_can_be_read_and_used_again(client, path, section, writer):
    saved_meanwhile(section, "A big plan.")
    section.refresh_from_db()
    saved_meanwhile(section, "A bold plan.")
    page = html(client.get(reverse("evaluation:section_revisions", kwargs={"pk": section.pk})))
    assert page.index("Text 2") < page.index("Text 1")
    first, second = (
        reverse("evaluation:section_revision", kwargs={"pk": section.pk, "number": number})
        for number in (1, 2)
    )
    changed = html(client.get(second))
    assert "[taken away: </span>big<" in changed
    assert "[added: </span>bold<" in changed
    assert "Use this text again" not in changed
    assert "Use this text again" in html(client.get(first))
    assert client.get(first.replace("/1/", "/3/")).status_code == 404
    client.post(path, {"text": "A big plan.", "based_on": 2})
    section.refresh_from_db()
    assert (section.text, section.number) == ("A big plan.", 3)
