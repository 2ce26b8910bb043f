"""Partners write an MOU together in the browser: a proposal, stances, and what is taken in."""

import pytest
from playwright.sync_api import Page, expect

from programmes.actions.mou.stances import remark
from tests.browser.harness import Visit
from tests.programmes.mou.agreeing import agreement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_proposal_its_stances_and_the_clause_as_it_becomes(page: Page, visit: Visit) -> None:
    agreed = agreement()
    project = agreed.mou.project
    where = {"slug": project.programme.slug, "project_slug": project.slug}

    visit.sign_in_as(agreed.partners[0])
    visit("programmes:mou", **where)
    visit.check()
    page.get_by_role("link", name="Propose another wording of clause 1", exact=True).click()
    page.get_by_label("Wording").fill("Damp homes make children ill.")
    page.get_by_label("Why").fill("Plainer")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator("ins").nth(1)).to_contain_text("Damp")
    visit.check()

    visit.sign_in_as(agreed.partners[1])
    visit("programmes:mou", **where)
    page.get_by_role("link", name="Another wording of “The challenge”").click()
    page.get_by_label("We cannot").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("why you cannot")
    visit.check()
    page.get_by_label("What you would change").fill("Not ours alone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=f"Say how {agreed.parties[1]} stands").click()
    visit.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nothing was said yet")).to_be_visible()
    page.get_by_label("We can live with all the others").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("stands to 11 of 11")).to_be_visible()

    visit.sign_in_as(agreed.enabler)
    visit("programmes:mou", **where)
    page.get_by_role("link", name="Another wording of “The challenge”").click()
    expect(page.get_by_role("cell", name="Cannot: Not ours alone")).to_be_visible()
    visit.check()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("Damp homes make children ill.")).to_be_visible()
    visit.check()
    page.get_by_role("link", name="How the parties stand").click()
    visit.check()
    visit("programmes:clause", **where, key="challenge")
    visit.check()


def test_a_pasted_web_address_does_not_widen_the_page(visit: Visit) -> None:
    agreed = agreement()
    project, clause = agreed.mou.project, agreed.mou.clauses.get(key="challenge")
    remark(clause=clause, text=f"https://example.org/{'minutes' * 20}", by=agreed.enabler)
    visit.sign_in_as(agreed.enabler)
    visit(
        "programmes:clause", slug=project.programme.slug, project_slug=project.slug, key="challenge"
    )
    visit.check()
