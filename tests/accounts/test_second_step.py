"""Passkeys, authenticator apps, recovery codes, and who must have one."""

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from qrcode import QRCode

from accounts.adapter import QR_PATTERN, SecondFactorAdapter
from accounts.models import AuditEvent, OutgoingMail, Person
from tests import builders
from tests.accounts.soft_key import SoftKey
from tests.accounts.test_sign_in import CODE, SIGN_IN, ask_for_code, signed_in_as

pytestmark = pytest.mark.django_db
SECOND_STEP = "/accounts/second-step/"
SET_UP_APP = f"{SECOND_STEP}app/"
ADD_PASSKEY = f"{SECOND_STEP}passkeys/add/"
AT_SIGN_IN = "/accounts/sign-in/second-step/"
BY_PASSKEY = "/accounts/sign-in/passkey/"


@pytest.fixture
def jo(client: Client) -> Person:
    jo = builders.person("Jo", email="jo@example.org")
    client.force_login(jo)
    return jo


def code_of_app(secret: str) -> str:
    cache.clear()  # a code counts once, and tests are faster than half a minute
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> tuple[str, Any]:
    secret = client.get(SET_UP_APP).context["form"].secret
    return secret, client.post(SET_UP_APP, {"code": code_of_app(secret)}, follow=True)


def add_passkey(client: Client, key: SoftKey) -> Any:
    options = client.get(ADD_PASSKEY).context["js_data"]["creation_options"]
    credential = json.dumps(key.create(as_json(options)))
    return client.post(ADD_PASSKEY, {"name": "Phone", "credential": credential}, follow=True)


def as_json(options: Any) -> dict[str, Any]:
    """As the page carries them to the browser."""
    loaded: dict[str, Any] = json.loads(json.dumps(options, default=dict))
    return loaded


def sign_in_by_passkey(client: Client, key: SoftKey) -> Any:
    options = client.get(BY_PASSKEY, headers={"Accept": "application/json"}).json()
    credential = json.dumps(key.get(options["request_options"]))
    return client.post(BY_PASSKEY, {"credential": credential}, follow=True)


def later(client: Client) -> Client:
    """As if the last proof of who this is was an hour ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    return client


def sign_in_to_second_step(client: Client) -> None:
    code = ask_for_code(client, "jo@example.org")
    assert client.post(CODE, {"code": code}).url == AT_SIGN_IN


def test_an_app_is_set_up_and_recovery_codes_are_shown_once(client: Client, jo: Person) -> None:
    _, page = set_up_app(client)
    assert len(page.context["unused_codes"]) == 10
    assert page.context["unused_codes"][0] in page.content.decode()
    again = client.get(f"{SECOND_STEP}recovery-codes/").content.decode()
    assert "we cannot show them again" in again
    assert page.context["unused_codes"][0] not in again


def test_a_wrong_code_does_not_set_up_an_app(client: Client, jo: Person) -> None:
    client.get(SET_UP_APP)
    page = client.post(SET_UP_APP, {"code": "abcdef"})
    assert "That code is not right" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_the_secret_of_an_app_is_not_kept_in_the_clear(client: Client, jo: Person) -> None:
    secret, _ = set_up_app(client)
    kept = Authenticator.objects.get(type="totp")
    assert secret not in json.dumps(kept.data)


def test_earlier_secret_keys_still_decrypt(client: Client, jo: Person, settings: Settings) -> None:
    secret, _ = set_up_app(client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of more than thirty characters"
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of_app(secret))


def test_setting_up_is_told_by_mail(
    client: Client, jo: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    mail = OutgoingMail.objects.get()
    assert mail.subject == "An authenticator app was added to your Placework account"
    assert "jo@example.org" in mail.text


def test_with_an_app_a_mailed_code_is_not_enough(jo: Person, client: Client) -> None:
    secret, _ = set_up_app(client)
    visitor = Client()
    sign_in_to_second_step(visitor)
    assert visitor.get("/").status_code == 302
    assert "not right" in visitor.post(AT_SIGN_IN, {"code": "000000"}).content.decode()
    visitor.post(AT_SIGN_IN, {"code": code_of_app(secret)})
    assert signed_in_as(visitor) == "Jo"


def test_guessing_at_the_second_step_is_stopped(jo: Person, client: Client) -> None:
    secret, _ = set_up_app(client)
    visitor = Client()
    sign_in_to_second_step(visitor)
    for _ in range(5):
        visitor.post(AT_SIGN_IN, {"code": "000000"})
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    page = visitor.post(AT_SIGN_IN, {"code": code}).content.decode()
    assert "too many codes" in page


def test_a_recovery_code_signs_in_once(jo: Person, client: Client) -> None:
    _, page = set_up_app(client)
    code = page.context["unused_codes"][0]
    for visitor, expected in ((Client(), 302), (Client(), 200)):
        sign_in_to_second_step(visitor)
        assert visitor.post(AT_SIGN_IN, {"code": code}).status_code == expected


def test_a_passkey_signs_in_by_itself(jo: Person, client: Client) -> None:
    key = SoftKey()
    page = add_passkey(client, key)
    assert len(page.context["unused_codes"]) == 10
    visitor = Client()
    assert sign_in_by_passkey(visitor, key).redirect_chain == [("/", 302)]
    assert signed_in_as(visitor) == "Jo"
    assert "last used on" in visitor.get(SECOND_STEP).content.decode()


def test_a_passkey_stands_in_for_the_app(jo: Person, client: Client) -> None:
    key = SoftKey()
    add_passkey(client, key)
    visitor = Client()
    sign_in_to_second_step(visitor)
    options = visitor.get(AT_SIGN_IN).context["js_data"]["request_options"]
    credential = json.dumps(key.get(as_json(options)))
    visitor.post(AT_SIGN_IN, {"credential": credential})
    assert signed_in_as(visitor) == "Jo"


def test_a_key_that_checks_nobody_is_no_passkey(jo: Person, client: Client) -> None:
    page = add_passkey(client, SoftKey(verifies=False))
    assert "not right" in page.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "{", "{}", '{"id": 3}'])
def test_a_passkey_that_is_none(jo: Person, client: Client, credential: str) -> None:
    client.get(ADD_PASSKEY)
    page = client.post(ADD_PASSKEY, {"name": "x", "credential": credential})
    assert page.context["form"].errors
    visitor = Client()
    visitor.get(BY_PASSKEY, headers={"Accept": "application/json"})
    assert visitor.post(BY_PASSKEY, {"credential": credential}).url == SIGN_IN


def test_somebody_elses_key_does_not_sign_in(jo: Person, client: Client) -> None:
    add_passkey(client, SoftKey())
    other = SoftKey()
    other.user_handle = "MQ"
    page = sign_in_by_passkey(Client(), other)
    assert page.redirect_chain[-1][0] == SIGN_IN


def test_changing_a_passkey_asks_for_it_first(jo: Person, client: Client) -> None:
    key = SoftKey()
    add_passkey(client, key)
    passkey = Authenticator.objects.get(type="webauthn")
    rename, remove = (
        f"{SECOND_STEP}passkeys/{passkey.pk}/{verb}/" for verb in ("rename", "remove")
    )
    asked = later(client).get(rename).url
    options = client.get(asked).context["js_data"]["request_options"]
    credential = json.dumps(key.get(as_json(options)))
    assert client.post(asked, {"credential": credential}).url == rename
    assert "Enter a name for this passkey" in client.post(rename, {"name": ""}).content.decode()
    client.post(rename, {"name": "Work laptop"})
    assert "Work laptop" in client.get(SECOND_STEP).content.decode()
    assert "Work laptop" in client.get("/accounts/").content.decode()
    assert "Work laptop" in client.get(remove).content.decode()
    client.post(remove)
    assert not Authenticator.objects.exists()


def test_an_app_is_removed(jo: Person, client: Client) -> None:
    secret, _ = set_up_app(client)
    remove = f"{SECOND_STEP}app/remove/"
    asked = later(client).get(remove).url
    client.post(asked, {"code": code_of_app(secret)})
    assert "Remove the authenticator app" in client.get(remove).content.decode()
    client.post(remove)
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_replace_the_old(jo: Person, client: Client) -> None:
    secret, page = set_up_app(client)
    new = f"{SECOND_STEP}recovery-codes/new/"
    client.post(later(client).get(new).url, {"code": code_of_app(secret)})
    assert "10 codes" in client.get(new).content.decode()
    fresh = client.post(new, follow=True).context["unused_codes"]
    assert not set(fresh) & set(page.context["unused_codes"])


def test_recovery_codes_need_something_to_recover(jo: Person, client: Client) -> None:
    page = client.post(f"{SECOND_STEP}recovery-codes/new/")
    assert "Set up a passkey or an authenticator app first" in page.content.decode()


# --- Who must have one ------------------------------------------------------------------------


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True  # as in production


def holder(kind: str) -> Person:
    if kind == "operator":
        return builders.person(is_operator=True)
    return getattr(builders, kind)(builders.programme())


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("kind", ["staff", "evaluator", "operator"])
def test_without_a_second_step_only_its_pages_open(client: Client, kind: str) -> None:
    client.force_login(holder(kind))
    assert client.get("/").url == SECOND_STEP
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == SECOND_STEP
    assert client.get(SECOND_STEP).status_code == 200
    set_up_app(client)
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("required")
def test_signing_out_stays_possible(client: Client) -> None:
    client.force_login(holder("staff"))
    assert client.post("/accounts/sign-out/").url == SIGN_IN


@pytest.mark.usefixtures("required")
def test_others_may_do_without(client: Client, jo: Person) -> None:
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("required")
def test_recovery_codes_alone_are_no_second_step(client: Client) -> None:
    staff = holder("staff")
    Authenticator.objects.create(user=staff, type="recovery_codes", data={})
    client.force_login(staff)
    assert client.get("/").url == SECOND_STEP


def test_outside_production_home_asks_for_it(client: Client) -> None:
    client.force_login(holder("evaluator"))
    assert "Set up a passkey or an authenticator app" in client.get("/").content.decode()


def test_the_first_second_step_signs_other_browsers_out(
    client: Client, jo: Person, django_capture_on_commit_callbacks: Any
) -> None:
    other = Client()
    other.force_login(jo)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_the_audit_trail_tells_of_second_steps(
    client: Client, jo: Person, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{SET_UP_APP}remove/")
    told = AuditEvent.objects.filter(kind__contains="second_step").order_by("pk")
    assert list(told.values_list("kind", "changes", "by_name")) == [
        ("person.second_step_set_up", {"second_step": ["", "Authenticator app"]}, "Jo"),
        ("person.second_step_given_up", {"second_step": ["Authenticator app", ""]}, "Jo"),
    ]


def test_the_code_for_an_app_has_every_dark_square() -> None:
    address = "otpauth://totp/Placework:ann@example.org?secret=JBSWY3DPEHPK3PXP"
    code = QRCode(mask_pattern=QR_PATTERN)
    code.add_data(address)
    squares = {
        (x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark
    }
    svg = SecondFactorAdapter().build_totp_svg(address)
    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+),(\d+)h(\d+)v1h-\3z", svg)
        for step in range(int(length))
    }
    assert drawn == squares
