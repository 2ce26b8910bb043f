"""What is selected in Chromium is what is quoted, whatever the text is made of."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from documents.texts import normalise
from evaluation.actions.coding import remove_excerpt
from evaluation.actions.evidence import add_version, withdraw
from evaluation.models import Coding, Excerpt
from programmes.models import LensVersion
from tests import builders
from tests.browser.harness import Visit

pytestmark = pytest.mark.browser

FAMILY, FLAG = "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"
# A name, the text as it was typed or uploaded, and a passage of it as it is stored.
NASTY = {
    "plain words": ("We met, and then we agreed.", "met, and"),
    "after emoji": (f"So {FAMILY} and {FLAG} agreed 😀 at last", "agreed 😀 at"),
    "emoji alone": (f"One {FAMILY}{FLAG}🇬🇧 two", f"{FAMILY}{FLAG}🇬🇧"),
    "combining marks": (
        "Ne\u0301e Zoe\u0308 sa\u0302id: e\u0301\u0323\u0302 no",
        "e\u0301e Zoe\u0308 sa",
    ),
    "beyond the plane": ("𐍈𐌰𐌹 𝒎𝒂𝒕𝒉 𠮷野家 here", "𝒎𝒂𝒕𝒉 𠮷"),
    "Arabic": ("قال المجلس: نحن نثق بكم الآن، 2014.", "نحن نثق بكم"),
    "Hebrew among English": ("She said שלום לכולם and left", "said שלום ל"),
    "bidi controls": ("Start \u202eback\u202c \u2067في\u2069 end", "\u202eback\u202c \u2067في"),
    "CRLF and BOM": ("\ufeffFirst\r\nSecond\r\n\r\nThird 😀\rFourth", "Second\n\nThird 😀\nFo"),
    "leading line break": ("\n\n  Indented\n\ttabbed  twice", "  Indented\n\ttabbed  "),
    "markup": ('if a<b && c>d then <b>&amp;</b> "it\'s"', "<b && c>d then <b>&amp;</b>"),
    "joiners and blanks": (
        "a\u200bb\u00a0c\u2003d\u00adé\ufeffg\u2028h\u0085i",
        "b\u00a0c\u2003d\u00adé\ufeffg\u2028h",
    ),
    "control characters": ("form\x0cfeed \x0bvertical \x01one", "feed \x0bvertical \x01"),
    "private and last": ("\ue000 \U0010fffd end", "\ue000 \U0010fffd"),
}


def frame() -> LensVersion:
    return builders.lens_version("Beginnings", "Trust", "Ends", parts={"Trust": ["Building trust"]})


# Puts the selection where it begins and ends in code points, over whatever elements lie there.
SELECT = """([start, end]) => {
  const text = document.querySelector('#text');
  const place = (count) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const all = [...node.data];
      if (count <= all.length) return [node, all.slice(0, count).join('').length];
      count -= all.length;
    }
    throw new Error('beyond the text');
  };
  const [from, at] = place(start), [to, until] = place(end);
  text.focus();
  document.getSelection().setBaseAndExtent(from, at, to, until);
}"""
SELECTED = "document.getSelection().getRangeAt(0).toString()"


class Desk:
    """An evaluator at the page of one text after another."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page
        programme = builders.programme(frame=frame())
        self.project = builders.project(programme)
        self.by = builders.evaluator(programme)
        visit.sign_in_as(self.by)
        self.text = self.page.locator("#text")

    def open(self, text: str) -> None:
        self.evidence = builders.evidence(self.project, text, by=self.by)
        self.reopen()
        expect(self.text).to_have_attribute("contenteditable", "true")

    def reopen(self) -> None:
        self.visit("evaluation:evidence", pk=self.evidence.pk)

    def select(self, passage: str) -> None:
        """As a script would, from code point to code point."""
        start = (self.text.text_content() or "").index(passage)
        self.page.evaluate(SELECT, [start, start + len(passage)])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def selected(self) -> str:
        """What the browser itself says is selected."""
        found: str = self.page.evaluate(SELECTED)
        return found

    def told(self, words: str) -> None:
        expect(self.page.locator("#coded")).to_contain_text(words)

    def saved(self) -> list[str]:
        """The quotes of this text, once the page says that one was saved."""
        self.told("was coded to")
        return [each.quote for each in Excerpt.objects.filter(version__evidence=self.evidence)]


@pytest.fixture
def desk(visit: Visit) -> Desk:
    return Desk(visit)


def test_what_is_selected_is_what_is_quoted(desk: Desk) -> None:
    for name, (text, passage) in NASTY.items():
        desk.open(text)
        desk.select(passage)
        assert desk.selected() == passage, name
        desk.press("2")
        assert desk.saved() == [passage], name
        # The text of the page is the stored one, with its marks.
        assert desk.text.text_content() == normalise(text).text, name
    assert {coding.dimension.name for coding in Coding.objects.all()} == {"Trust"}


def test_what_is_selected_with_shift_and_arrows_is_what_is_quoted(desk: Desk) -> None:
    for name, (text, _) in NASTY.items():
        desk.open(text)
        desk.text.focus()
        # In a text that runs to the left, the left arrow goes on.
        on = "ArrowLeft" if name == "Arabic" else "ArrowRight"
        desk.press("Control+Home", on, on, *[f"Shift+{on}"] * 5)
        selected = desk.selected()
        assert selected, name
        desk.press("1")
        assert desk.saved() == [selected], name


def test_everything_can_be_selected_with_the_keyboard(desk: Desk) -> None:
    for name, (text, _) in NASTY.items():
        desk.open(text)
        desk.text.focus()
        desk.press("Control+a", "3")
        assert desk.saved() == [normalise(text).text], name


def test_what_is_dragged_over_is_what_is_quoted(desk: Desk) -> None:
    for name, (text, _) in NASTY.items():
        desk.open(text)
        box = desk.text.bounding_box()
        assert box is not None
        # From just inside the first line to its other end, whichever way it runs.
        right_to_left = name == "Arabic"
        desk.page.mouse.move(box["x"] + (box["width"] - 40 if right_to_left else 40), box["y"] + 28)
        desk.page.mouse.down()
        desk.page.mouse.move(
            box["x"] + (40 if right_to_left else box["width"] - 40),
            box["y"] + box["height"] - 28,
            steps=4,
        )
        desk.page.mouse.up()
        selected = desk.selected()
        assert selected, name
        desk.page.get_by_role("button", name="Ends").click()
        assert desk.saved() == [selected], name


def test_a_double_click_selects_a_word(desk: Desk) -> None:
    desk.open("Trust 😀 matters")
    desk.text.dblclick(position={"x": 30, "y": 26})
    desk.press("1")
    assert desk.saved() == ["Trust"]


def test_selecting_across_marks_that_are_there(desk: Desk) -> None:
    desk.open(f"One {FAMILY} two 😀 three\nfour e\u0301 five")
    by = builders.person()
    for passage in (f"{FAMILY} two", "two 😀 three\nfo", "e\u0301"):
        builders.excerpt_from(desk.evidence, passage, by=by)
    desk.reopen()
    passage = f"ne {FAMILY} two 😀 three\nfour e\u0301 fi"
    desk.select(passage)
    desk.press("2")
    assert desk.saved()[-1] == passage
    marks = desk.page.locator("#text mark")
    assert "".join(marks.all_text_contents()) == passage
    expect(marks.last).to_have_attribute("data-ends", "Q4")
    desk.visit.check()


def test_passage_after_passage_is_coded_without_leaving_the_text(desk: Desk) -> None:
    desk.open("alpha beta gamma")
    desk.text.focus()
    desk.press("Control+Home")
    for word in ("alpha", " beta", " gamma"):
        for _ in word:
            desk.press("Shift+ArrowRight")
        desk.press("1")
        desk.press("ArrowRight")
    desk.told("Q3 was coded")
    expect(desk.text).to_be_focused()
    assert desk.saved() == ["alpha", " beta", " gamma"]


def test_a_passage_stays_selected_for_a_second_dimension(desk: Desk) -> None:
    desk.open("alpha 😀 beta")
    desk.select("a 😀 b")
    desk.press("1")
    desk.press("3")
    desk.told("coded to Ends")
    assert desk.selected() == "a 😀 b"
    assert desk.saved() == ["a 😀 b"]
    assert [c.dimension.name for c in Coding.objects.order_by("pk")] == ["Beginnings", "Ends"]


def test_nothing_can_be_typed_pasted_cut_or_dropped_into_the_text(desk: Desk) -> None:
    desk.open("Stays as it is")
    desk.text.focus()
    for key in ("x", "Enter", "Backspace", "Delete", "5", "Control+b", "Control+z"):
        desk.press("Control+a")
        desk.press(key)
    desk.press("Control+x")
    desk.press("Control+v")
    desk.page.keyboard.insert_text("typed")
    assert desk.text.text_content() == "Stays as it is"


def test_a_number_without_a_selection_saves_nothing(desk: Desk) -> None:
    desk.open("Words")
    desk.text.focus()
    desk.press("1")
    desk.told("Select a passage first")
    assert not Excerpt.objects.exists()


def test_the_focus_leaves_the_text_for_the_dimensions(desk: Desk) -> None:
    """No trap: from the text on to the buttons, which keep what was selected."""
    desk.open("Some words here")
    desk.select("words")
    desk.press("Tab")
    expect(desk.page.get_by_role("button", name="Beginnings")).to_be_focused()
    desk.press("Enter")
    assert desk.saved() == ["words"]


def test_sub_dimensions_are_reached(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.page.get_by_text("Parts of Trust").click()
    desk.page.get_by_role("button", name="Building trust").click()
    assert desk.saved() == ["words"]
    assert Coding.objects.get().dimension.name == "Building trust"


def test_another_lens_is_shown_when_it_is_asked_for(desk: Desk) -> None:
    desk.open("Some words here")
    other = builders.lens_version("Sponsoring")
    desk.reopen()
    desk.page.get_by_label("Code with another lens too").select_option(str(other.lens))
    desk.page.get_by_role("button", name="Show").click()
    expect(desk.page.get_by_role("button", name="Sponsoring")).to_be_visible()
    desk.select("words")
    desk.page.get_by_role("button", name="Sponsoring").click()
    assert desk.saved() == ["words"]


def test_what_was_coded_is_undone(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.press("1")
    assert desk.saved() == ["words"]
    desk.select("words")
    desk.press("2")
    desk.told("Q1 was coded to Trust")
    desk.page.get_by_role("button", name="Undo").click()
    desk.told("Q1 is no longer coded to Trust")
    assert [c.dimension.name for c in Coding.objects.filter(removed_at=None)] == ["Beginnings"]


def test_undoing_a_new_excerpt_takes_it_away(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.press("1")
    desk.page.get_by_role("button", name="Undo").click()
    desk.told("Q1 was removed")
    expect(desk.page.locator("#text mark")).to_have_count(0)
    assert not Excerpt.objects.standing().exists()


def test_the_same_again_says_so(desk: Desk) -> None:
    desk.open("Some words here")
    for _ in range(2):
        desk.select("words")
        desk.press("1")
        desk.told("Q1")
    desk.told("You had coded Q1")
    expect(desk.page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_newer_text_is_not_coded_by_mistake(desk: Desk) -> None:
    desk.open("Some words here")
    add_version(evidence=desk.evidence, text="Quite other", by=builders.person())
    desk.select("Some")
    desk.press("1")
    desk.told("This text has a newer version")
    desk.visit.expected("409")


def test_a_refused_undo_is_said(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.press("1")
    desk.saved()
    excerpt = Excerpt.objects.get()
    remove_excerpt(excerpt=excerpt, by=Coding.objects.get().created_by)
    desk.page.get_by_role("button", name="Undo").click()
    desk.told("Q1 was removed. Select the passage")
    desk.visit.expected("409")


def test_a_server_that_does_not_answer_is_said(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.page.context.set_offline(True)
    desk.press("1")
    desk.told("This was not saved")
    desk.visit.expected("ERR_INTERNET_DISCONNECTED")


def test_who_signs_in_again_in_another_tab_codes_what_is_still_selected(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.press("1")
    desk.told("you are signed out")
    with desk.page.expect_popup() as opened:
        desk.page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Sign in")
    opened.value.close()
    assert not Excerpt.objects.exists()
    desk.page.context.clear_cookies()  # who signs in gets a new token, which this page does not know
    desk.visit.sign_in_as(desk.by)
    assert desk.selected() == "words"
    desk.press("1")
    assert desk.saved() == ["words"]
    desk.visit.expected("403")


def test_nothing_is_coded_in_the_name_of_who_signed_in_instead(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.page.context.clear_cookies()
    desk.visit.sign_in_as(builders.evaluator(desk.project.programme))
    desk.press("1")
    desk.told("you are signed out")
    assert not Excerpt.objects.exists()
    desk.visit.expected("403")


def test_an_undo_can_be_tried_again_after_sign_in(desk: Desk) -> None:
    desk.open("Some words here")
    desk.select("words")
    desk.press("1")
    desk.saved()
    desk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.page.get_by_role("button", name="Undo").click()
    desk.told("you are signed out")
    desk.visit.sign_in_as(desk.by)
    desk.page.get_by_role("button", name="Undo").click()
    desk.told("was removed")


def test_withdrawn_evidence_meanwhile_is_told(desk: Desk) -> None:
    desk.open("Some words here")
    withdraw(evidence=desk.evidence, reason="Asked.", by=builders.person())
    desk.select("words")
    desk.press("1")
    desk.told("was withdrawn")
    desk.visit.expected("409")


def test_the_form_for_pasting_comes_when_it_is_opened(desk: Desk) -> None:
    desk.open("Some words here")
    desk.page.get_by_text("Code by pasting a passage").click()
    desk.page.get_by_label("Passage").fill("words")
    desk.page.get_by_label("Trust", exact=True).check()
    desk.page.get_by_role("button", name="Code this passage").click()
    expect(desk.page.get_by_text("Q1 was coded to Trust")).to_be_visible()


def test_without_javascript_the_passage_is_pasted(
    page_without_javascript: Page, visit: Visit
) -> None:
    desk = Desk(visit.on(page_without_javascript))
    page = desk.page
    for name, (text, passage) in NASTY.items():
        desk.evidence = builders.evidence(desk.project, text)
        desk.reopen()
        page.get_by_text("Code by pasting a passage").click()
        page.get_by_role("link", name="Paste a passage").click()
        page.get_by_label("Passage").fill(passage)
        page.get_by_label("Beginnings").check()
        page.get_by_role("button", name="Code this passage").click()
        expect(page.get_by_text("was coded to Beginnings")).to_be_visible()
        quotes = [e.quote for e in Excerpt.objects.filter(version__evidence=desk.evidence)]
        assert quotes == [passage], name


def test_without_javascript_the_place_is_asked_where_there_are_several(
    page_without_javascript: Page, visit: Visit
) -> None:
    desk = Desk(visit.on(page_without_javascript))
    page = desk.page
    desk.evidence = builders.evidence(desk.project, "First we met. Then we met again.")
    desk.visit("evaluation:passage_paste", pk=desk.evidence.pk)
    page.get_by_label("Passage").fill("we met")
    page.get_by_label("Beginnings").check()
    page.get_by_role("button", name="Code this passage").click()
    page.get_by_label(re.compile("Then")).last.check()
    page.get_by_role("button", name="Code this passage").click()
    expect(page.get_by_text("Q1 was coded to Beginnings")).to_be_visible()
    assert Excerpt.objects.get().start == 19
