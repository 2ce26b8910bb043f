"""Coding on pages: by script, by pasting, on the excerpt's own page, and finding it again."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from evaluation.actions.coding import code_excerpt, remove_excerpt
from evaluation.models import Coding, Evidence, Excerpt
from tests import builders
from tests.evaluation.test_evidence_pages import Desk, desk

pytestmark = pytest.mark.django_db
__all__ = ["desk"]

TEXT = "First 😀 we met. Then we met again."


@pytest.fixture
def item(desk: Desk) -> Evidence:
    return builders.evidence(desk.project, TEXT, by=desk.by)


def dimension(item: Evidence, position: int = 1) -> int:
    return item.project.programme.frame.dimensions.get(position=position).pk


def select(desk: Desk, item: Evidence, **changed: Any) -> HttpResponse:
    """What the page's script sends."""
    selected = {
        "version": 1,
        "start": 6,
        "end": 10,
        "quote": "😀 we",
        "dimension": dimension(item),
    }
    return desk.client.post(
        desk.path("passage_code", item.pk),
        json.dumps(selected | changed),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


def test_what_was_selected_is_saved_and_drawn_anew(desk: Desk, item: Evidence) -> None:
    answer = select(desk, item).json()
    excerpt = Excerpt.objects.get()
    assert excerpt.quote == answer["quote"] == "😀 we"
    assert answer["sentence"] == "Q1 was coded to Beginnings."
    assert answer["undo"] == desk.path("excerpt_remove", excerpt.pk)
    assert 'id="at-6" data-ends="Q1">😀 we</mark>' in answer["text"]
    assert excerpt.get_absolute_url() in answer["excerpts"]


def test_the_same_again_has_nothing_to_undo(desk: Desk, item: Evidence) -> None:
    select(desk, item)
    answer = select(desk, item).json()
    assert (answer["sentence"], answer["undo"]) == ("You had coded Q1 to Beginnings already.", "")


def test_another_dimension_of_the_same_passage_is_undone_by_itself(
    desk: Desk, item: Evidence
) -> None:
    select(desk, item)
    undo = select(desk, item, dimension=dimension(item, 2)).json()["undo"]
    assert undo == desk.path("coding_remove", Coding.objects.latest("pk").pk)
    answer = desk.client.post(undo, headers={"Accept": "application/json"}).json()
    assert answer["sentence"] == "Q1 is no longer coded to Ends."
    assert Excerpt.objects.standing().count() == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"quote": "😀 wx"}, 409),
        ({"start": 5}, 409),
        ({"start": -1}, 409),
        ({"end": 99, "quote": TEXT[6:]}, 409),
        ({"version": 2}, 409),
        ({"dimension": 0}, 409),
        ({"start": "6"}, 400),
        ({"start": True}, 400),
        ({"quote": 5}, 400),
        ({"quote": None}, 400),
    ],
)
def test_nothing_is_saved_of_what_does_not_agree(
    desk: Desk, item: Evidence, changed: dict[str, Any], status: int
) -> None:
    response = select(desk, item, **changed)
    assert response.status_code == status
    assert response.json()["refused"]
    assert not Excerpt.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'{"version": 1}', b"\xff", b"[" * 9999])
def test_anything_else_is_refused(desk: Desk, item: Evidence, body: bytes) -> None:
    response = desk.client.post(
        desk.path("passage_code", item.pk), body, content_type="application/json"
    )
    assert response.status_code == 400


def test_a_form_is_refused_as_well(desk: Desk, item: Evidence) -> None:
    desk.client.handler.enforce_csrf_checks = True
    token = "a" * 32
    desk.client.cookies[settings.CSRF_COOKIE_NAME] = token
    response = desk.client.post(
        desk.path("passage_code", item.pk), {"version": "1"}, headers={"X-CSRFToken": token}
    )
    assert response.status_code == 400


def test_a_refused_undo_says_why(desk: Desk, item: Evidence) -> None:
    undo = select(desk, item).json()["undo"]
    remove_excerpt(excerpt=Excerpt.objects.get(), by=desk.by)
    answer = desk.client.post(undo, headers={"Accept": "application/json"})
    assert (answer.status_code, "was removed" in answer.json()["refused"]) == (409, True)
    page = desk.client.post(undo, follow=True)
    assertContains(page, "Q1 was removed. Select the passage again.")


def test_a_pasted_passage_is_found(desk: Desk, item: Evidence) -> None:
    response = desk.send(
        "passage_paste", item.pk, {"passage": " First 😀 we\r\n", "dimensions": [dimension(item)]}
    )
    assertContains(response, "Q1 was coded to Beginnings")
    assert Excerpt.objects.get().quote == "First 😀 we"


def test_a_pasted_passage_that_stands_twice_is_asked_about(desk: Desk, item: Evidence) -> None:
    sent: dict[str, Any] = {"passage": "we met", "dimensions": [dimension(item, 2)]}
    response = desk.send("passage_paste", item.pk, sent)
    assertContains(response, "The passage stands 2 times in the text")
    assertContains(response, "[the passage] again.")
    assert not Excerpt.objects.exists()
    desk.send("passage_paste", item.pk, sent | {"place": str(TEXT.rindex("we met"))})
    assert Excerpt.objects.get().start == TEXT.rindex("we met")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"passage": "never said"}, "This passage is not in the text"),
        ({"passage": "  "}, "Enter the passage"),
        ({"passage": "First"}, "Select one or more dimensions"),
        ({"passage": "First", "dimensions": ["0"]}, "Select dimensions that are in the list"),
    ],
)
def test_what_is_wrong_with_a_pasted_passage_is_said(
    desk: Desk, item: Evidence, sent: dict[str, Any], sentence: str
) -> None:
    response = desk.send("passage_paste", item.pk, {"dimensions": [], **sent})
    assertContains(response, sentence)
    assertContains(response, sent["passage"])


def test_the_form_for_pasting_is_a_fragment_for_htmx(desk: Desk, item: Evidence) -> None:
    path = desk.path("passage_paste", item.pk)
    assertContains(desk.open("evidence", item.pk), f'hx-get="{path}"')
    part = desk.client.get(path, headers={"HX-Request": "true"})
    assertContains(part, 'name="passage"')
    assertNotContains(part, "<html")


def test_another_lens_may_be_used_for_pasting(desk: Desk, item: Evidence) -> None:
    other = builders.lens_version("Sponsoring")
    page = desk.open("evidence", item.pk, query=f"?lens={other.lens.slug}")
    assertContains(page, f"/paste/?lens={other.lens.slug}")
    path = desk.path("passage_paste", item.pk) + f"?lens={other.lens.slug}"
    desk.client.post(path, {"passage": "First", "dimensions": [other.dimensions.get().pk]})
    assert Coding.objects.get().dimension.name == "Sponsoring"


def test_a_passage_cannot_be_coded_when_the_text_changed_meanwhile(
    desk: Desk, item: Evidence
) -> None:
    desk.send("version_create", item.pk, {"text": "First, other"})
    assertContains(select(desk, item), "newer version", status_code=409)


def test_the_page_of_an_excerpt_tells_its_thread(desk: Desk, item: Evidence) -> None:
    study = builders.case_study(desk.project)
    excerpt = builders.excerpt_from(item, "First 😀 we met", by=desk.by)
    study.sections.get(heading="start_up_conditions").placements.create(excerpt=excerpt, position=1)
    code_excerpt(
        excerpt=excerpt,
        dimensions=list(desk.project.programme.frame.dimensions.all()),
        by=builders.evaluator(desk.project.programme, name="Bo"),
    )
    page = desk.open("excerpt", excerpt.pk)
    for words in (
        "First 😀 we met",
        "project partner, Dudley",
        "E1 Interview",
        "by Bo",
        "Start-up",
    ):
        assertContains(page, words)
    assertContains(page, "Take back", count=1)
    refused = desk.send("excerpt_remove", excerpt.pk)
    assertContains(refused, "A case study quotes Q1")


def test_an_excerpt_is_coded_further_and_taken_back(desk: Desk, item: Evidence) -> None:
    excerpt = builders.excerpt_from(item, "First", by=desk.by)
    assertContains(desk.send("excerpt_code", excerpt.pk), "Select one or more dimensions")
    response = desk.send("excerpt_code", excerpt.pk, {"dimensions": [dimension(item, 2)]})
    assertContains(response, "Q1 was coded")
    last = Coding.objects.latest("pk")
    assert last.dimension_id == dimension(item, 2)
    assertContains(desk.send("coding_remove", last.pk), "Q1 is no longer coded to Ends")
    assertContains(desk.send("excerpt_remove", excerpt.pk), "Q1 was removed")
    assertContains(desk.open("excerpt", excerpt.pk), "This excerpt was removed")
    assertRedirects(desk.open("excerpt_code", excerpt.pk), excerpt.get_absolute_url())
    refused = desk.send("excerpt_code", excerpt.pk, {"dimensions": [dimension(item)]})
    assertContains(refused, "Q1 was removed. Select the passage again.")


def test_further_dimensions_are_offered_on_the_excerpts_page_and_on_their_own(
    desk: Desk, item: Evidence
) -> None:
    excerpt = builders.excerpt_from(item, "First", by=desk.by)
    other = builders.lens_version("Sponsoring")
    address = desk.path("excerpt_code", excerpt.pk)
    assertContains(desk.open("excerpt", excerpt.pk), f'hx-get="{address}"')
    part = desk.client.get(address, headers={"HX-Request": "true"})
    assertContains(part, "Beginnings")
    assertNotContains(part, "<html")
    page = desk.client.get(f"{address}?lens={other.lens.slug}")
    assertContains(page, "Sponsoring")
    assertContains(page, f'action="{address}?lens={other.lens.slug}"')


def test_who_spoke_in_an_excerpt_is_changed(desk: Desk, item: Evidence) -> None:
    excerpt = builders.excerpt_from(item, "First", by=desk.by)
    response = desk.send("excerpt_speaker", excerpt.pk, {"speaker_role": "Ann Smith"})
    assertContains(response, "Ann Smith, Dudley")
    assertContains(response, "reads like somebody")
    too_long = desk.send("excerpt_speaker", excerpt.pk, {"speaker_role": "x" * 201})
    assertContains(too_long, "must be 200 characters or fewer")
    assertRedirects(desk.open("excerpt_speaker", excerpt.pk), excerpt.get_absolute_url())


def test_excerpts_are_narrowed_by_dimension_and_words(desk: Desk, item: Evidence) -> None:
    builders.excerpt_from(item, "First", by=desk.by)
    other = builders.lens_version("Sponsoring")
    again = builders.excerpt_from(item, "again", by=desk.by)
    code_excerpt(excerpt=again, dimensions=list(other.dimensions.all()), by=desk.by)
    pk = desk.project.pk
    assertContains(desk.open("excerpts", pk), "2 excerpts")
    assertNotContains(desk.open("excerpts", pk), 'name="dimension"')
    one = desk.open("excerpts", pk, query=f"?dimension={other.dimensions.get().pk}")
    assertContains(one, "1 excerpt<")
    assertContains(one, "Sponsoring")
    assertContains(one, "Beginnings")
    for nonsense in ("x", "0", "9" * 30):
        found = desk.open("excerpts", pk, query=f"?dimension={nonsense}")
        assertContains(found, "2 excerpts")
    assertContains(desk.open("excerpts", pk, query="?q=FIRST"), "1 excerpt<")
    book = desk.open("excerpts", pk, query="?download=csv")
    assert "again" in b"".join(book.streaming_content).decode()  # type: ignore[attr-defined]


def test_excerpts_are_counted_by_dimension(desk: Desk, item: Evidence) -> None:
    excerpt = builders.excerpt_from(item, "First", by=desk.by)
    other = builders.lens_version("Sponsoring")
    builders.lens_version("Unused")
    code_excerpt(excerpt=excerpt, dimensions=list(other.dimensions.all()), by=desk.by)
    address = desk.path("excerpts_by_dimension", desk.project.pk)
    assertContains(desk.open("excerpts", desk.project.pk), f'hx-get="{address}"')
    part = desk.client.get(address, headers={"HX-Request": "true"})
    assertNotContains(part, "<html")
    for page in (part, desk.client.get(address)):
        narrowed = f"{desk.path('excerpts', desk.project.pk)}?dimension={other.dimensions.get().pk}"
        assertContains(page, f'href="{narrowed}">Sponsoring</a>: 1')
        assertContains(page, "Ends: none")
        assertNotContains(page, "Unused")


def test_words_are_found_in_the_texts(desk: Desk, item: Evidence) -> None:
    builders.evidence(text="we met elsewhere")
    page = desk.open("passages", desk.project.pk, query="?words=WE+MET")
    assertContains(page, "2 places")
    assertContains(page, "First 😀 <mark>we met</mark>. Then")
    assertNotContains(page, "elsewhere")
    assertContains(desk.open("passages", desk.project.pk, query="?words=xyz"), "Nothing matches")
    assertContains(desk.open("passages", desk.project.pk, query="?words=a%00b"), "Nothing matches")
    assertNotContains(desk.open("passages", desk.project.pk), "<mark>")


def test_a_coding_of_somebody_else_is_theirs(desk: Desk, item: Evidence) -> None:
    other = builders.evaluator(desk.project.programme, name="Bo")
    coding = builders.excerpt_from(item, "First", by=other).codings.get()
    assertContains(desk.send("coding_remove", coding.pk), "Bo coded this. Only they can take it")
    assert not Coding.objects.filter(removed_at__isnull=False).exists()
