"""An evaluator lets evidence cite a clause on its own page, and the clause shows it."""

import pytest
from playwright.sync_api import Page, expect

from programmes.actions.mou.beginning import begin_mou
from tests import builders
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_evidence_cites_a_clause_and_takes_it_back(page: Page, visit: Visit) -> None:
    project = builders.project()
    begin_mou(project=project, by=builders.staff(project.programme))
    evaluator = builders.evaluator(project.programme)
    item = builders.evidence(project, by=evaluator)
    visit.sign_in_as(evaluator)
    visit("evaluation:evidence", pk=item.pk)
    page.get_by_label("Cites clause").select_option(label="8. Learning")
    page.get_by_role("button", name="Cite this clause").click()
    expect(page.get_by_text("The clause is cited.")).to_be_visible()
    page.get_by_role("link", name="Learning", exact=True).click()
    page.get_by_role("link", name="E1 Interview").click()
    page.get_by_role("button", name="Take back that it cites Learning").click()
    expect(page.get_by_text("It cites no clause")).to_be_visible()
    visit.check()
