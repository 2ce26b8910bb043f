"""The rich-text editor: what is seen is what is sent, as Markdown."""

import json

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Locator, Page, expect

from accounts.forms.wording import Form
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]

PAGE = """{% extends "base.html" %}{% load static %}
{% block title %}Write{% endblock %}
{% block scripts %}
  <script type="module" src="{% static 'build/evaluation/editor.js' %}"></script>
{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Write</h1>
  <form method="post" novalidate>{% csrf_token %}{{ form }}<button class="govuk-button">Save</button></form>
  <pre id="sent">{{ sent }}</pre>
{% endblock %}"""


class Story(Form):
    text = forms.CharField(
        label="Story",
        strip=False,
        widget=forms.Textarea(attrs={"data-rich-text": True}),
        help_text="What happened",
    )


@login_not_required
def story(request: HttpRequest) -> HttpResponse:
    form = Story(request.POST or None, initial={"text": request.GET.get("text", "")})
    form.fields["text"].disabled = "locked" in request.GET
    sent = form.cleaned_data["text"] if form.is_valid() else ""
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"form": form, "sent": sent}, request))


urlpatterns = [path("story", story), path("", include("config.urls"))]

# Each is written the way the editor writes it, so that it must come back as it was.
TEXTS = [
    "Two words",
    "First paragraph.\n\nSecond, with **bold**, *italic* and [a link](https://example.org/a).",
    "### Heading\n\n#### Subheading\n\nText",
    "* one\n* two\n  * nested\n* three",
    "1. first\n2. second",
    "* a paragraph\n\n  and another in the same item\n\n* next",
    "> quoted\n>\n> twice",
    "Before\n\n[Q7]\n\nAfter",
    "[Q7]",
    "A line\\\nbroken",
    "Not a reference: \\[Q7\\] in a sentence, 5 \\* 3, a_b, \\_c\\_, 1) no list",
    "1\\) no list\n\n\\- nor this\n\n\\# nor a heading\n\n\\> nor a quote",
    "\\[name\\]: not a definition",
    "\\&amp; stays five letters, and \\<b> too",
    "Ünïcödé, 😀, עברית, e\u0301",
    "---\n\nkept rule\n\n```\nkept code\n```\n\nand `kept` too",
]


@pytest.fixture
def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Story")


def markdown(page: Page) -> str:
    return page.locator("textarea[name=text]").input_value()


def press(page: Page, label: str) -> Locator:
    button = page.get_by_role("toolbar").get_by_role("button", name=label, exact=True)
    button.click()
    return button


def test_every_text_comes_back_as_it_was(page: Page, visit: Visit) -> None:
    visit("/story")
    for text in TEXTS:
        assert replaced(page, text) == text


def replaced(page: Page, text: str) -> str:
    """What the editor makes of `text` after reading it and writing it out again."""
    return page.evaluate(  # type: ignore[no-any-return]
        """text => {
          const field = document.querySelector("textarea[name=text]");
          field.dispatchEvent(new CustomEvent("placework:replace", { detail: text }));
          return field.value;
        }""",
        text,
    )


def test_editor_is_accessible(page: Page, visit: Visit, editor: Locator) -> None:
    visit("/story?text=One+**two**")
    expect(editor).to_have_attribute("aria-describedby", "id_text_helptext")
    visit.check()
    press(page, "Link")
    visit.check()


def test_what_is_typed_is_sent_as_markdown(page: Page, visit: Visit, editor: Locator) -> None:
    visit("/story")
    editor.press_sequentially("Said * plainly")
    editor.press("Enter")
    editor.press("Control+b")
    editor.press_sequentially("loud")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    assert page.locator("#sent").text_content() == "Said \\* plainly\n\n**loud**"


def test_each_change_is_told(page: Page, visit: Visit, editor: Locator) -> None:
    visit("/story")
    page.evaluate("addEventListener('input', ({target}) => document.title = target.value || 'x')")
    editor.press_sequentially("Hello")
    expect(page).to_have_title("Hello")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Bold", "**word**"),
        ("Italic", "*word*"),
        ("Heading", "### word"),
        ("Subheading", "#### word"),
        ("Bullets", "* word"),
        ("Numbers", "1. word"),
        ("Quote", "> word"),
    ],
)
def test_a_button_formats_and_formats_back(
    label: str, expected: str, page: Page, visit: Visit, editor: Locator
) -> None:
    visit("/story?text=word")
    editor.focus()
    page.keyboard.press("Control+a")
    button = press(page, label)
    assert markdown(page) == expected
    expect(button).to_have_attribute("aria-pressed", "true")
    press(page, label)
    assert markdown(page) == "word"
    expect(button).to_have_attribute("aria-pressed", "false")
    press(page, "Undo")
    assert markdown(page) == expected
    press(page, "Redo")
    assert markdown(page) == "word"


def test_bullets_become_numbers(page: Page, visit: Visit, editor: Locator) -> None:
    visit("/story")
    editor.press_sequentially("- one")
    press(page, "Numbers")
    assert markdown(page) == "1. one"


def test_link_is_made_changed_and_removed(page: Page, visit: Visit, editor: Locator) -> None:
    visit("/story?text=the+site")
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    address = page.get_by_label("Address of the link")
    expect(address).to_be_focused()
    address.fill("javascript:alert(1)")
    address.press("Enter")
    expect(page.get_by_text("Enter a web address that starts with https://")).to_be_visible()
    address.fill("https://example.org/a b")
    address.press("Enter")
    expect(editor).to_be_focused()
    assert markdown(page) == "[the site](https://example.org/a%20b)"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    press(page, "Link")
    expect(address).to_have_value("https://example.org/a%20b")
    page.get_by_role("button", name="Remove link").click()
    assert markdown(page) == "the site"
    press(page, "Link")
    address.press("Escape")
    expect(editor).to_be_focused()


def test_toolbar_is_one_tab_stop_and_tab_leads_out(
    page: Page, visit: Visit, editor: Locator
) -> None:
    visit("/story")
    editor.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    editor.focus()
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Redo")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Redo")).to_be_focused()
    page.keyboard.press("Tab")
    expect(editor).to_be_focused()


def test_a_quote_is_placed_below_the_cursor(page: Page, visit: Visit, editor: Locator) -> None:
    visit("/story?text=One%0A%0ATwo")
    editor.get_by_text("One").click()
    page.evaluate(
        """document.querySelector("textarea[name=text]")
             .dispatchEvent(new CustomEvent("placework:insert", { detail: "[Q7]" }))"""
    )
    assert markdown(page) == "One\n\n[Q7]\n\nTwo"
    expect(page.locator(".placework-editor__quote-reference")).to_have_text("[Q7]")


def test_pasted_markup_keeps_only_what_the_text_may_hold(
    page: Page, visit: Visit, editor: Locator
) -> None:
    visit("/story")
    editor.focus()
    html = (
        '<h3 style="color: red">Title</h3><p onclick="go()">Text <b>bold</b> <img src="x">'
        '<a href="javascript:go()">bad</a> <a href="https://example.org/">good</a></p>'
        "<script>go()</script>"
    )
    page.evaluate(
        f"""() => {{
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", {json.dumps(html)});
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {{ clipboardData, bubbles: true, cancelable: true }}));
        }}"""
    )
    assert markdown(page) == "### Title\n\nText **bold** bad [good](https://example.org/)"


def test_a_locked_text_can_be_read_and_not_changed(
    page: Page, visit: Visit, editor: Locator
) -> None:
    visit("/story?text=Settled&locked=yes")
    expect(editor).to_have_attribute("aria-readonly", "true")
    expect(page.get_by_role("toolbar")).to_be_hidden()
    editor.focus()
    page.keyboard.type("more")
    expect(editor).to_have_text("Settled")
    visit.check()


def test_an_error_leads_to_the_editor(page: Page, visit: Visit, editor: Locator) -> None:
    visit("/story")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Enter the story").click()
    expect(editor).to_be_focused()
    expect(editor).to_have_attribute("aria-invalid", "true")
    page.get_by_text("Story", exact=True).click()
    expect(editor).to_be_focused()


def test_without_javascript_the_markdown_itself_is_the_field(
    page_without_javascript: Page, visit: Visit
) -> None:
    visit.on(page_without_javascript)("/story?text=**bold**")
    expect(page_without_javascript.get_by_label("Story")).to_have_value("**bold**")
