"""The pages of signing by keyboard alone on a narrow screen, and without JavaScript."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from programmes.models import Signatory, SignatoryState, Signing, VersionState
from tests.browser.harness import HEIGHT, NARROW, Visit
from tests.browser.keyboard import Keyboard
from tests.programmes.mou.agreeing import Agreement, agreement, code_for
from tests.programmes.mou.test_by_link import token_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agreed() -> Agreement:
    cache.clear()
    return agreement(parties=2)


@pytest.fixture
def narrow(page: Page) -> Keyboard:
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    return Keyboard(page)


def at(made: Agreement, **more: object) -> dict[str, object]:
    project = made.mou.project
    return {"slug": project.programme.slug, "project_slug": project.slug, **more}


def state_of(made: Agreement, place: int) -> str:
    return Signatory.objects.get(pk=made.signatory(place).pk).state


def test_one_signs_and_one_hands_over_by_keyboard(
    page: Page, visit: Visit, agreed: Agreement, narrow: Keyboard
) -> None:
    agreed.send()
    first, second = agreed.signatory(1), agreed.signatory(2)
    visit("programmes:mou_sign", token=token_of(first))
    narrow.press("Read the memorandum")
    narrow.press("Go on to sign")
    narrow.press("Send me a code")
    narrow.check(page.get_by_label("I agree to sign electronically"))
    narrow.check(page.get_by_label("The office I hold"))
    narrow.fill(page.get_by_label("Your full name"), "Sam Signer")
    narrow.fill(page.get_by_label("The code"), code_for(first))
    narrow.press(f"I agree to version 1 on behalf of {first.party}")
    expect(page.get_by_role("main")).to_contain_text("You signed for")

    visit("programmes:mou_sign", token=token_of(second))
    narrow.press("Read the memorandum")
    narrow.follow("Hand it over to whoever should sign")
    narrow.press("Send me a code")
    for label, words in (
        ("Full name", "Rita Right"),
        ("Job title", "Chief executive"),
        ("E-mail address", "rita@example.org"),
        ("Why they sign", "She signs for us"),
        ("The code", code_for(second)),
    ):
        narrow.fill(page.get_by_label(label), words)
    narrow.press("Hand over")
    expect(page.get_by_role("main")).to_contain_text("handed over to Rita Right")
    assert [state_of(agreed, place) for place in (1, 2)] == ["signed", "handed_over"]


def test_staff_send_extend_replace_and_give_up_by_keyboard(
    page: Page, visit: Visit, agreed: Agreement, narrow: Keyboard
) -> None:
    visit.sign_in_as(agreed.staff)
    visit("programmes:mou_send", **at(agreed))
    day = (timezone.localdate() + timedelta(days=20)).strftime("%-d %B %Y")
    narrow.fill(page.get_by_label("To be signed by"), day)
    narrow.press("Send to be signed")
    narrow.follow("Extend the time to sign")
    later = timezone.localdate() + timedelta(days=40)
    narrow.fill(page.get_by_label("To be signed by"), later.strftime("%-d %B %Y"))
    narrow.press("Extend")
    assert timezone.localdate(Signing.objects.get().expires_at) == later
    name = agreed.signatory(1).name
    narrow.follow(f"Ask somebody else in place of {name}")
    for label, words in (
        ("Full name", "Rita Right"),
        ("Job title", "Chief executive"),
        ("E-mail address", "rita@example.org"),
        ("Why they sign", "She signs for them"),
    ):
        narrow.fill(page.get_by_label(label), words)
    narrow.press("Ask them to sign")
    expect(page.get_by_role("main")).to_contain_text("Handed over to Rita Right")
    narrow.follow("Give up this version, and tell everybody why")
    narrow.fill(page.get_by_label("Why it is given up"), "The council pulled out")
    narrow.press("Give up version 1")
    expect(page.get_by_role("main")).to_contain_text("Given up before it was sealed")
    assert agreed.version.state == VersionState.VOID


def test_without_javascript_one_reads_declines_asks_for_paper_and_signs(
    page_without_javascript: Page, visit: Visit, agreed: Agreement
) -> None:
    agreed.send()
    page = page_without_javascript
    there = visit.on(page)
    first, second = agreed.signatory(1), agreed.signatory(2)
    there("programmes:mou_sign", token=token_of(first))
    page.get_by_role("button", name="Read the memorandum").click()
    page.get_by_role("link", name="Ask to sign on paper").click()
    page.get_by_role("button", name="Ask to sign on paper").click()
    expect(page.get_by_role("main")).to_contain_text("You may still sign here")
    page.get_by_role("button", name="Go on to sign").click()
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("I agree to sign electronically").check()
    page.get_by_label("The office I hold").check()
    page.get_by_label("Your full name").fill("Sam Signer")
    page.get_by_label("The code").fill(code_for(first))
    page.get_by_role("button", name="I agree to version 1").click()
    expect(page.get_by_role("main")).to_contain_text("You signed for")

    there("programmes:mou_sign", token=token_of(second))
    page.get_by_role("button", name="Read the memorandum").click()
    page.get_by_role("link", name="Decline to sign").click()
    page.get_by_label("Why").fill("Our board has not met")
    page.get_by_role("button", name="Decline to sign").click()
    expect(page.get_by_role("main")).to_contain_text("You have declined")
    assert [state_of(agreed, place) for place in (1, 2)] == [
        SignatoryState.SIGNED,
        SignatoryState.DECLINED,
    ]
    assert there.wrong == []
