"""How an application is started: the public list, the link in a mail, and at once by who is known."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Invitation, OutgoingMail, Person
from accounts.roles import Role
from programmes.actions.starting import (
    SALT,
    Start,
    ask_to_start,
    others_of,
    start_at_once,
    start_by_link,
    start_in,
    token_for,
)
from programmes.models import Application, ApplicationState, Call, Phase
from tests import builders
from tests.accounts.soft_key import registered
from tests.broker import NOBODY_LISTENS_HERE

pytestmark = pytest.mark.django_db

GIVEN = {"email": "Ada@Example.org", "name": "Ada Asker", "place_name": "Wakefield"}


@pytest.fixture
def call() -> Call:
    return builders.call(title="The call for cohort 1")


def start_page(call: Call) -> str:
    return reverse(
        "programmes:application_start", args=[call.cohort.programme.slug, call.cohort.number]
    )


def mailed_link() -> str:
    text = OutgoingMail.objects.latest("pk").text
    found = re.search(r"http://testserver(\S+)", text)
    assert found
    return found.group(1)


def asked(client: Client, call: Call, **fields: str) -> str:
    """Ask for a link, and give its path."""
    client.post(start_page(call), GIVEN | fields)
    return mailed_link()


def code() -> str:
    found = re.search(r"[A-Z]{4}-[A-Z]{4}", OutgoingMail.objects.latest("pk").text)
    assert found
    return found.group()


def test_the_list_holds_what_is_open_or_will_be(client: Client) -> None:
    later = timezone.now() + timedelta(days=3)
    builders.call(title="Open now")
    builders.call(title="Opens later", opens_at=later)
    builders.call(title="Not announced", phase=Phase.PREPARATION)
    builders.call(title="Being scored", phase=Phase.SCORING)
    builders.call(title="Closed", closes_at=timezone.now() - timedelta(minutes=1))
    page = client.get("/programmes/calls/").content.decode()
    assert re.findall(r"(Open now|Opens later|Not announced|Being scored|Closed)<", page) == [
        "Open now",
        "Opens later",
    ]
    assert "London time" in page


def test_nothing_is_open(client: Client) -> None:
    assert "No call is open" in client.get("/programmes/calls/").content.decode()


def test_people_who_have_not_signed_in_are_led_there(client: Client) -> None:
    assert "/programmes/calls/" in client.get("/accounts/sign-in/").content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_takes_the_same_queries(
    client: Client, number: int, django_assert_num_queries: object
) -> None:
    for _ in range(number):
        builders.call()
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/programmes/calls/")


def test_nothing_is_kept_before_the_address_is_confirmed(client: Client, call: Call) -> None:
    response = client.post(start_page(call), GIVEN, follow=True)
    assert "We have written to Ada@Example.org" in response.content.decode()
    assert not Person.objects.filter(email="ada@example.org").exists()
    assert not Application.objects.exists()
    assert not Invitation.objects.exists()
    mail = OutgoingMail.objects.get()
    assert mail.to == "ada@example.org"
    assert mail.secret_until  # its text is removed once it is sent
    page = client.get(mailed_link()).content.decode()
    assert "Wakefield" in page
    assert not Application.objects.exists()  # reading the page is no yes


def test_the_link_starts_the_application_and_signs_in_by_a_code(client: Client, call: Call) -> None:
    response = client.post(asked(client, call))
    application = Application.objects.get()
    person = Person.objects.get(email="ada@example.org")
    assert (application.place_name, application.started_by) == ("Wakefield", person)
    assert person.holds(Role.APPLICANT, application)
    assert "_auth_user_id" not in client.session  # the link by itself opens no account
    response = client.post(response.url, {"code": code()})
    assert response.url == application.get_absolute_url()
    assert client.get(response.url).status_code == 200


def test_who_has_a_second_step_keeps_it(client: Client, call: Call) -> None:
    registered(builders.person("Ada", email="ada@example.org"))
    confirm = client.post(asked(client, call)).url
    response = client.post(confirm, {"code": code()}, follow=True)
    assert response.request["PATH_INFO"] == "/accounts/sign-in/second-step/"
    assert "_auth_user_id" not in client.session


def test_a_link_makes_one_application_however_often_it_is_used(client: Client, call: Call) -> None:
    link = asked(client, call)
    client.post(link)
    assert "Go on" in client.get(link).content.decode()
    Client().post(link)
    assert Application.objects.count() == 1


def test_a_known_person_is_not_renamed(client: Client, call: Call) -> None:
    builders.person("Ada Known", email="ada@example.org")
    client.post(asked(client, call))
    assert Person.objects.get(email="ada@example.org").name == "Ada Known"


def test_whose_access_has_ended_starts_nothing(client: Client, call: Call) -> None:
    builders.person("Ada", email="ada@example.org", is_active=False)
    page = client.post(asked(client, call)).content.decode()
    assert "has been ended" in page
    assert not Application.objects.exists()


def test_somebody_else_is_not_signed_out_by_a_link(client: Client, call: Call) -> None:
    link = asked(client, call)
    client.force_login(builders.person(email="other@example.org"))
    page = client.post(link).content.decode()
    assert "You are signed in as other@example.org" in page
    assert not Application.objects.exists()


def test_whoever_is_signed_in_with_the_address_goes_straight_on(client: Client, call: Call) -> None:
    link = asked(client, call)
    client.force_login(builders.person(email="ada@example.org"))
    assert client.post(link).url == Application.objects.get().get_absolute_url()


def test_a_link_expires_and_a_changed_one_is_none_of_ours(client: Client, call: Call) -> None:
    start = Start(call.pk, "ada@example.org", "Ada", "Wakefield", timezone.now().isoformat())
    with pytest.raises(signing.BadSignature):
        start_in(token_for(start)[:-1])
    old = signing.TimestampSigner(salt=SALT)
    two_days = timezone.now() - timedelta(days=2)
    old.timestamp = lambda: signing.b62_encode(int(two_days.timestamp()))  # type: ignore[method-assign]
    token = old.sign_object(vars(start), compress=True)
    for path, status in ((token, 410), (token_for(start)[:-1] + "!", 404)):
        response = client.get(reverse("programmes:application_start_confirm", args=[path]))
        assert response.status_code == status
        assert "This link cannot be used" in response.content.decode()


def test_a_call_that_closed_meanwhile_says_so(client: Client, call: Call) -> None:
    link = asked(client, call)
    Call.objects.update(closes_at=timezone.now())
    assert "does not take applications now" in client.post(link).content.decode()
    assert not Person.objects.filter(email="ada@example.org").exists()
    assert client.get(start_page(call)).url == call.get_absolute_url()
    with pytest.raises(ValidationError):
        ask_to_start(call=Call.objects.get(), **GIVEN, link=str)


def test_a_call_in_preparation_is_not_there(client: Client) -> None:
    call = builders.call(phase=Phase.PREPARATION)
    assert client.get(start_page(call)).status_code == 404


def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(
    client: Client, call: Call
) -> None:
    page = client.post(start_page(call), {"name": "Ada"}).content.decode()
    assert "Enter your e-mail address" in page
    assert "Enter the name of your place" in page
    assert 'value="Ada"' in page
    assert not OutgoingMail.objects.exists()


def test_one_address_is_not_written_to_without_end(client: Client, call: Call) -> None:
    for _ in range(5):
        assert client.post(start_page(call), GIVEN).status_code == 302
    assert client.post(start_page(call), GIVEN).status_code == 429
    assert OutgoingMail.objects.count() == 5


def test_it_works_without_the_cache(client: Client, call: Call, settings: Any) -> None:
    default = settings.CACHES["default"]
    settings.CACHES = {"default": default | {"LOCATION": NOBODY_LISTENS_HERE}}
    assert client.post(start_page(call), GIVEN).status_code == 302


def test_who_is_signed_in_starts_at_once(client: Client, call: Call) -> None:
    person = builders.person("Jo")
    client.force_login(person)
    response = client.post(start_page(call), {"place_name": "  Hull\u00a0 City "})
    application = Application.objects.get()
    assert response.url == application.get_absolute_url()
    assert (application.place_name, application.started_by_name) == ("Hull City", "Jo")
    assert "You write the application of" in client.get(call.get_absolute_url()).content.decode()


def test_a_place_that_has_an_application_is_told_so_and_not_stopped(
    client: Client, call: Call
) -> None:
    builders.application(call, "King's Lynn")
    client.force_login(builders.person())
    page = client.post(start_page(call), {"place_name": "kings lynn"}).content.decode()
    assert "An application for “King&#x27;s Lynn” was started in this call" in page
    assert "Tick the box" in page
    client.post(start_page(call), {"place_name": "kings lynn", "another": "on"})
    assert Application.objects.count() == 2


def test_nobody_is_told_who_applies_before_their_address_is_confirmed(
    client: Client, call: Call
) -> None:
    builders.application(call, "Wakefield")
    page = client.post(start_page(call), GIVEN, follow=True).content.decode()
    assert "was started in this call" not in page
    link = mailed_link()
    assert "was started in this call" in client.get(link).content.decode()
    assert "Tick the box" in client.post(link).content.decode()
    assert Application.objects.count() == 1
    client.post(link, {"another": "on"})
    assert Application.objects.count() == 2


def test_two_clicks_at_once_start_one_application(call: Call) -> None:
    person = builders.person()
    start_at_once(call=call, place_name="Hull", by=person, another=False)
    with pytest.raises(ValidationError, match="has just been started"):
        start_at_once(call=call, place_name="Hull", by=person, another=False)
    start = Start(call.pk, "ada@example.org", "Ada", "Hull", timezone.now().isoformat())
    with pytest.raises(ValidationError, match="has just been started"):
        start_by_link(call=call, start=start, another=False)


def test_what_was_withdrawn_is_no_other_application_and_a_settled_place_is(call: Call) -> None:
    builders.application(call, "Hull", ApplicationState.WITHDRAWN)
    assert others_of(call, "Hull") == []
    settled = builders.application(call, "The Humber", place=builders.place("Hull"))
    assert others_of(call, "hull") == [settled]


def test_the_home_page_shows_what_somebody_writes(client: Client, call: Call) -> None:
    application = builders.application(call, "Wakefield")
    builders.application(call, "Dudley")
    client.force_login(Person.objects.get(pk=application.started_by_id))
    assert "Your applications" in client.get("/").content.decode()
    panel = client.get("/programmes/applications/home/", headers={"HX-Request": "true"})
    page = panel.content.decode()
    assert "Wakefield" in page
    assert "not submitted yet" in page
    assert "Dudley" not in page


class TestWhateverIsTyped(TestCase):
    @given(st.text(), st.text(), st.text())
    @settings(max_examples=25)
    def test_no_text_breaks_the_form(self, email: str, name: str, place_name: str) -> None:
        client = Client(REMOTE_ADDR="10.1.1.1")
        call = builders.call()
        typed = {"email": email, "name": name, "place_name": place_name}
        assert client.post(start_page(call), typed).status_code in (200, 302, 429)

    @given(name=st.text(max_size=200), place_name=st.text(max_size=200))
    def test_a_link_carries_what_was_typed(self, name: str, place_name: str) -> None:
        start = Start(1, "ada@example.org", name, place_name, timezone.now().isoformat())
        if not re.search("[\ud800-\udfff]", name + place_name):
            assert start_in(token_for(start)) == start
