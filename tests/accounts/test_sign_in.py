"""Signing in by a code in an e-mail, and what a stranger can learn or do."""

import re

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import OutgoingMail, Person
from accounts.tasks import deliver_mail
from tests import builders
from tests.broker import broker_down

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/sign-in/"
CODE = "/accounts/sign-in/code/"


@pytest.fixture
def jo() -> Person:
    return builders.person("Jo", email="jo@example.org")


def ask_for_code(client: Client, email: str) -> str:
    """Ask, have the mail delivered, and read the code in it."""
    client.post(SIGN_IN, {"email": email})
    row = OutgoingMail.objects.latest("pk")
    deliver_mail(row.pk)
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", outbox.outbox[-1].body)
    return found.group() if found else ""


def signed_in_as(client: Client) -> str:
    return client.get("/accounts/").context["person"].name


def test_a_code_signs_in_and_shows_the_home_page(client: Client, jo: Person) -> None:
    code = ask_for_code(client, "jo@example.org")
    response = client.post(CODE, {"code": code}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert signed_in_as(client) == "Jo"
    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_a_code_may_be_typed_without_dash_in_small_letters(client: Client, jo: Person) -> None:
    code = ask_for_code(client, "jo@example.org")
    client.post(CODE, {"code": code.lower().replace("-", "")})
    assert signed_in_as(client) == "Jo"


def test_the_address_may_be_typed_in_capitals(client: Client, jo: Person) -> None:
    assert ask_for_code(client, "JO@Example.org")


def test_an_address_is_kept_in_small_letters() -> None:
    assert builders.person(email="Jo@Example.ORG").email == "jo@example.org"
    assert Person.objects.get(email="JO@example.org")


def test_sign_in_leads_to_the_page_that_was_asked_for(client: Client, jo: Person) -> None:
    sign_in = client.get("/accounts/second-step/").url
    response = client.post(sign_in, {"email": "jo@example.org", "next": "/accounts/second-step/"})
    row = OutgoingMail.objects.latest("pk")
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", row.text).group()
    assert client.post(response.url, {"code": code}).url == "/accounts/second-step/"


def test_a_code_does_not_stay_in_the_outbox(client: Client, jo: Person) -> None:
    code = ask_for_code(client, "jo@example.org")
    assert code
    assert not OutgoingMail.objects.filter(text__contains=code).exists()


def test_an_unknown_address_gets_the_same_answer(client: Client, jo: Person) -> None:
    def answers(email: str) -> list[str]:
        visitor = Client()
        asked = visitor.post(SIGN_IN, {"email": email})
        page = visitor.get(asked.url).content.decode()
        page = re.sub(r'value="[A-Za-z0-9]{64}"', "", page)  # the CSRF tokens
        refused = visitor.post(CODE, {"code": "BBBB-BBBB"}).content.decode()
        refused = re.sub(r'value="[A-Za-z0-9]{64}"', "", refused)
        return [asked.url, page.replace(email, "…"), refused.replace(email, "…")]

    assert answers("jo@example.org") == answers("nobody@example.org")


def test_an_unknown_address_is_told_so_by_mail_alone(client: Client) -> None:
    assert ask_for_code(client, "nobody@example.org") == ""
    assert outbox.outbox[0].to == ["nobody@example.org"]
    assert "We know nobody" in outbox.outbox[0].body
    assert client.post(CODE, {"code": ""}).status_code == 200
    assert not Person.objects.exists()


def test_whose_access_has_ended_gets_no_code(client: Client, jo: Person) -> None:
    Person.objects.update(is_active=False)
    assert ask_for_code(client, "jo@example.org") == ""


def test_ending_access_ends_the_session(client: Client, jo: Person) -> None:
    client.force_login(jo)
    Person.objects.update(is_active=False)
    assert client.get("/").url.startswith(SIGN_IN)


def test_three_wrong_codes_make_the_right_one_useless(client: Client, jo: Person) -> None:
    code = ask_for_code(client, "jo@example.org")
    for _ in range(2):
        assert "That code is not right" in client.post(CODE, {"code": "BBBB"}).content.decode()
    response = client.post(CODE, {"code": "BBBB"}, follow=True)
    assert "too many codes" in response.content.decode()
    assert client.post(CODE, {"code": code}).url == SIGN_IN


def test_the_sixth_code_for_an_address_is_refused(jo: Person) -> None:
    for number in range(5):
        assert ask_for_code(Client(REMOTE_ADDR=f"10.9.0.{number}"), "jo@example.org")
    page = Client(REMOTE_ADDR="10.9.0.9").post(SIGN_IN, {"email": "jo@example.org"})
    assert "You have asked for, or got wrong, too many codes" in page.content.decode()
    assert 'value="jo@example.org"' in page.content.decode()
    assert OutgoingMail.objects.count() == 5


def test_one_visitor_cannot_ask_for_many_addresses() -> None:
    for number in range(30):
        Client().post(SIGN_IN, {"email": f"{number}@example.org"})
    page = Client().post(SIGN_IN, {"email": "one.more@example.org"})
    assert "too many codes" in page.content.decode()
    assert OutgoingMail.objects.count() == 30


def test_a_second_code_can_be_asked_for(client: Client, jo: Person) -> None:
    first = ask_for_code(client, "jo@example.org")
    client.post(CODE, {"action": "resend"})
    row = OutgoingMail.objects.latest("pk")
    second = re.search(r"[A-Z]{4}-[A-Z]{4}", row.text).group()
    assert first != second
    client.post(CODE, {"code": second})
    assert signed_in_as(client) == "Jo"


def test_another_address_can_be_used_instead(client: Client, jo: Person) -> None:
    ask_for_code(client, "jo@example.org")
    assert client.get(SIGN_IN).url == CODE
    assert client.post("/accounts/sign-out/", {"next": SIGN_IN}).url == SIGN_IN
    assert client.get(SIGN_IN).status_code == 200


def test_no_address_typed(client: Client) -> None:
    page = client.post(SIGN_IN, {"email": ""}).content.decode()
    assert "Enter your e-mail address" in page


def test_with_the_broker_down_the_page_still_comes(
    client: Client, jo: Person, django_capture_on_commit_callbacks
) -> None:
    with broker_down(), django_capture_on_commit_callbacks(execute=True):
        assert client.post(SIGN_IN, {"email": "jo@example.org"}).url == CODE
    assert OutgoingMail.objects.get().status == "queued"


def test_signing_out(client: Client, jo: Person) -> None:
    client.force_login(jo)
    page = client.post("/accounts/sign-out/", follow=True)
    assert "You have signed out." in page.content.decode()
    assert client.get("/").url.startswith(SIGN_IN)


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_email",
        "socialaccount_signup",
        "socialaccount_connections",
    ],
)
def test_what_we_do_not_want_of_allauth_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_there_is_no_password(jo: Person) -> None:
    assert "password" not in {field.name for field in Person._meta.get_fields()}
    assert not jo.has_usable_password()


def test_a_fragment_sends_the_whole_page_to_sign_in(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/places/"}
    response = client.get("/", headers=headers)
    assert response.headers["HX-Redirect"] == f"{SIGN_IN}?next=/places/"
