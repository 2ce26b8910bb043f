"""The content security policy, and what every template must keep to."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "a style in the page": re.compile(r"<style|\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>{]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:|[\"']js:", re.I),
    "something from elsewhere": re.compile(r"(src|srcset)\s*=\s*[\"']?(https?:)?//", re.I),
    "text marked safe": re.compile(r"\|\s*safe\b|autoescape off"),
}


@pytest.mark.django_db
def test_every_answer_carries_the_policy_without_exceptions() -> None:
    policy = Client().get("/no-such-page").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_nothing_inline(template: Path) -> None:
    text = template.read_text()
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("what", "html"),
    [
        ("a script in the page", "<script>go()</script>"),
        ("a style in the page", '<p style="color: red">'),
        ("an event attribute", '<button onclick="go()">'),
        ("an event attribute", '<div hx-on:click="go()">'),
        ("a javascript: address", '<a href="javascript:go()">'),
        ("something from elsewhere", '<img src="https://example.org/a.png">'),
        ("text marked safe", "{{ text|safe }}"),
    ],
)
def test_the_search_would_find_it(what: str, html: str) -> None:
    assert INLINE[what].search(html)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_compiles(template: Path) -> None:
    engines["django"].get_template(str(template.relative_to(settings.BASE_DIR / "templates")))


def test_a_name_that_nobody_gave_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match="nobody_gave_this"):
        engines["django"].from_string("{{ nobody_gave_this }}").render({})


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_table_scrolls_by_itself_where_it_is_too_wide(template: Path) -> None:
    lines = template.read_text().splitlines()
    loose = [
        above
        for above, line in zip(["", *lines], lines, strict=False)
        if '<table class="govuk-table' in line and "placework-table-scroll" not in above
    ]
    assert loose == []
