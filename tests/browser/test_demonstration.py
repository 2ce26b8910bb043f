"""The demonstration's pages, which are full where the walk's are bare: each kind of page, by its links."""

import pytest
from django.test import Client
from playwright.sync_api import Page

from accounts.models import Person
from tests.browser.harness import Visit
from tests.evaluation.demonstrated import demonstrate
from tests.page.links import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages_for(person: Person) -> list[str]:
    """The first page of each kind that the person's links lead to."""
    client = Client()
    client.force_login(person)
    first = {page.route: page.path for page in reversed([*follow(client)]) if page.is_page}
    return list(first.values())


@pytest.mark.usefixtures("seal_key")
@pytest.mark.parametrize("part", ["staff", "evaluator", "partner", "panel.member", "applicant"])
def test_pages_have_no_fault_that_a_machine_can_find(part: str, visit: Visit, page: Page) -> None:
    demonstrate()
    person = Person.objects.get(email=f"{part}@invented.example.org")
    paths = pages_for(person)
    visit.sign_in_as(person)
    faults = []
    for path in paths:
        visit(path)
        try:
            visit.check()
        except AssertionError as fault:
            faults.append(str(fault))
    assert faults == []
