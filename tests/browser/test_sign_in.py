"""Signing in, in a browser: by code without JavaScript, and by a passkey."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from accounts.models import OutgoingMail, Person
from tests import builders
from tests.accounts.test_second_step import code_of_app
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def jo() -> Person:
    return builders.person("Jo", email="jo@example.org")


@pytest.fixture
def device(page: Page) -> Iterator[CDPSession]:
    """The phone or computer that keeps passkeys, and has always seen the right face."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield device
    device.detach()


def test_a_code_signs_in_without_javascript(
    visit: Visit, page_without_javascript: Page, jo: Person
) -> None:
    page = page_without_javascript
    visit.on(page)("home")
    page.get_by_label("E-mail address").fill("jo@example.org")
    page.get_by_role("button", name="E-mail me a code").click()
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    found = re.search(r"[A-Z]{4}-[A-Z]{4}", OutgoingMail.objects.get().text)
    assert found
    page.get_by_label("Code").fill(found.group())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="What needs me now?")).to_be_visible()


@pytest.mark.usefixtures("device")
def test_a_passkey_is_added_and_signs_in(visit: Visit, page: Page, jo: Person) -> None:
    visit.sign_in_as(jo)
    visit("mfa_add_webauthn")
    page.get_by_label("Name of this passkey").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("term")).to_have_text("Work laptop")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="What needs me now?")).to_be_visible()


@pytest.mark.usefixtures("device")
def test_a_device_without_a_passkey_says_what_to_do(visit: Visit, page: Page) -> None:
    visit("account_login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Your device gave no passkey")).to_be_visible()


@pytest.mark.usefixtures("device")
def test_a_passkey_is_asked_for_before_it_is_removed(visit: Visit, page: Page, jo: Person) -> None:
    visit.sign_in_as(jo)
    visit("mfa_add_webauthn")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Your second step")).to_be_visible()
    visit.sign_in_as(jo)  # a session that has shown nothing yet
    page.get_by_role("link", name="Remove My passkey").click()
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Remove the passkey “My passkey”")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Your passkey is removed.")).to_be_visible()


def test_an_app_is_set_up(visit: Visit, page: Page, jo: Person) -> None:
    visit.sign_in_as(jo)
    visit("mfa_activate_totp")
    page.get_by_label("Code that your app shows").fill("000000")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("That code is not right").first).to_be_visible()
    visit.check()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that your app shows").fill(code_of_app(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    visit.check()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Your second step")).to_be_visible()
    visit.check()
