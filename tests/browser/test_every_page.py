"""Every page that the walk knows (`tests/<room>/walk.py`), looked at in Chromium.

A page comes here by having a row there: it is opened by somebody who may, checked at both widths, and
if an empty form is answered with the page again, that page with its errors is checked too.
"""

from contextlib import closing

import pytest
from django.http import HttpResponseBase
from django.test import Client
from playwright.sync_api import Page

from tests.browser.harness import Visit
from tests.walk import Kind, Row, World
from tests.walk.rows import furnished, gathered

pytestmark = pytest.mark.browser

# Whoever comes first here and may see a page looks at it.
LOOKERS = [
    Kind.EVALUATOR,
    Kind.STAFF,
    Kind.OPERATOR,
    Kind.PARTNER,
    Kind.ENABLER,
    Kind.APPLICANT,
    Kind.PANEL_MEMBER,
    Kind.NO_ROLE,
    Kind.ANONYMOUS,
]
# The form that comes back to the page itself; there may be others beside it.
FORM = """() => [...document.querySelectorAll("main form[method=post]")]
  .find((form) => new URL(form.action).pathname === location.pathname)"""
# Past any script, as a browser without JavaScript sends it.
SEND_EMPTY = """(form) => {
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else field.value = "";
  }
  form.submit();
}"""
PAGES = [row for row in gathered() if 200 in row.get.values()]


@pytest.fixture
def world(transactional_db: None) -> World:
    """The walk's world, committed for the server to see."""
    return furnished()


def looker(row: Row) -> Kind:
    return next(kind for kind in LOOKERS if row.get[kind] == 200)


def is_page(response: HttpResponseBase) -> bool:
    """Not a file to download, and not a fragment that a page fetches into itself."""
    is_html = response.headers["Content-Type"].startswith("text/html")
    return is_html and "attachment" not in response.headers.get("Content-Disposition", "")


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name + row.query)
def test_page_has_no_fault_that_a_machine_can_find(
    row: Row, world: World, visit: Visit, page: Page
) -> None:
    kind = looker(row)
    client, path = Client(), row.path(world) + row.query
    if kind != Kind.ANONYMOUS:
        client.force_login(world.people[kind])
        visit.sign_in_as(world.people[kind])
    with closing(client.get(path)) as response:
        if not is_page(response):
            return
    visit(path)
    visit.check()
    form = page.evaluate_handle(FORM).as_element()
    if form and row.post[kind] == 200:
        with page.expect_navigation():
            form.evaluate(SEND_EMPTY)
        visit.check()
