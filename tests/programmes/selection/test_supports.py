"""Support of an application: asked by mail, answered without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import AuditEvent, OutgoingMail, Person
from accounts.tasks import deliver_mail
from programmes.actions.answers import save_answer
from programmes.actions.supports import OPEN, answer_support, ask_support, remind
from programmes.models import Application, ApplicationState, Support, Supporter
from programmes.queries.supports import backings_of, supporters_of
from tests import builders

pytestmark = pytest.mark.django_db

SUE = {
    "name": "Sue Sponsor",
    "post": "Leader",
    "organisation": "Council",
    "email": "Sue@example.org",
}
PAGE = reverse("programmes:support", args=[builders.SUPPORT_TOKEN])


@pytest.fixture
def application() -> Application:
    return builders.application(builders.call(supporters=["sponsor", "board"]), "Wakefield")


@pytest.fixture
def writer(application: Application, client: Client) -> Person:
    person = Person.objects.get(pk=application.started_by_id)
    client.force_login(person)
    return person


def page_of(application: Application, verb: str = "ask", key: str = "sponsor") -> str:
    return reverse(f"programmes:support_{verb}", args=[application.pk, key])


def supporter_of(application: Application) -> Supporter:
    return supporters_of(application.call_id).get(key="sponsor")


def mailed_link() -> str:
    mail = OutgoingMail.objects.filter(to="sue@example.org").latest("pk")
    found = re.search(r"http://testserver(\S+)", mail.text)
    assert found
    return found.group(1)


def statuses(application: Application) -> list[str]:
    return [backing.status for backing in backings_of(application)]


def test_a_supporter_gets_a_link_and_confirms_without_an_account(
    client: Client, application: Application, writer: Person
) -> None:
    question = builders.asked(application)
    save_answer(application=application, question=question, value="We meet.", based_on=0, by=writer)
    assert client.post(page_of(application), SUE).url == page_of(application)
    assert statuses(application) == ["Asked", "Not asked"]
    mail = OutgoingMail.objects.get()
    assert "£10,000" in mail.text
    assert "That you stand behind it." in mail.text
    link = mailed_link()
    visitor = Client()
    page = visitor.get(link).content.decode()
    for words in ("We meet.", "That you stand behind it.", "£10,000", "Wakefield"):
        assert words in page
    response = visitor.post(link, {"answer": "confirm", "words": "With all my heart."}, follow=True)
    assert "Thank you" in response.content.decode()
    support = Support.objects.get()
    assert (support.is_confirmed, support.amount, support.words) == (
        True,
        10_000,
        "With all my heart.",
    )
    assert statuses(application) == ["Confirmed", "Not asked"]
    told = OutgoingMail.objects.get(to=writer.email)
    assert told.subject == "Sue Sponsor confirmed their support"
    assert "With all my heart." in told.text
    assert "Confirmed" in client.get(application.get_absolute_url()).content.decode()
    assert "With all my heart." in client.get(page_of(application)).content.decode()


def test_who_cannot_confirm_says_why(client: Client, application: Application) -> None:
    builders.support(application)
    page = client.post(PAGE, {"answer": "cannot"}).content.decode()
    assert "Say why you cannot confirm it" in page
    assert "Select whether you can confirm this" in client.post(PAGE, {}).content.decode()
    client.post(PAGE, {"answer": "cannot", "words": "Our budget is cut."})
    support = Support.objects.get()
    assert (support.is_confirmed, support.amount) == (False, None)
    assert statuses(application) == ["Cannot confirm", "Not asked"]


def test_an_answer_can_be_changed_until_it_is_judged(
    client: Client, application: Application
) -> None:
    builders.support(application)
    client.post(PAGE, {"answer": "cannot", "words": "Not yet."})
    page = client.get(PAGE).content.decode()
    assert "you answered that you cannot confirm this" in page
    assert "Not yet." in page
    client.post(PAGE, {"answer": "confirm"})
    assert statuses(application)[0] == "Confirmed"
    Application.objects.update(state=ApplicationState.ELIGIBLE)
    assert "answers can no longer be given" in client.get(PAGE).content.decode()
    client.post(PAGE, {"answer": "cannot", "words": "No."})
    assert statuses(application)[0] == "Confirmed"


@pytest.mark.parametrize("state", ApplicationState)
def test_support_is_asked_and_answered_until_the_application_is_judged(
    application: Application, state: ApplicationState
) -> None:
    writer = Person.objects.get(pk=application.started_by_id)
    Application.objects.update(state=state)
    supporter = supporter_of(application)

    def ask() -> Support:
        return ask_support(application=application, supporter=supporter, **SUE, by=writer, link=str)

    if state in OPEN:
        support = ask()
        answer_support(support=support, supporter=supporter, is_confirmed=True, words="")
        assert statuses(application)[0] == "Confirmed"
        return
    with pytest.raises(ValidationError, match="is being judged"):
        ask()
    support = builders.support(application)
    with pytest.raises(ValidationError, match="is being judged"):
        answer_support(support=support, supporter=supporter, is_confirmed=True, words="")


def test_the_link_does_not_stay_in_the_outbox_nor_in_the_database(
    client: Client, application: Application, writer: Person
) -> None:
    client.post(page_of(application), SUE)
    token = mailed_link().split("/")[-2]
    deliver_mail(OutgoingMail.objects.get().pk)
    assert OutgoingMail.objects.get().text == "[removed]"
    assert token not in str(Support.objects.values())
    assert token not in str(AuditEvent.objects.values())


def test_a_reminder_brings_a_new_link(
    client: Client, application: Application, writer: Person
) -> None:
    client.post(page_of(application), SUE)
    first = mailed_link()
    Support.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert statuses(application)[0] == "Link expired"
    assert Client().get(first).status_code == 410
    client.post(page_of(application, "remind"))
    assert Client().get(first).status_code == 404
    assert Client().get(mailed_link()).status_code == 200


def test_who_has_answered_is_not_reminded(
    client: Client, application: Application, writer: Person
) -> None:
    builders.support(application)
    client.post(PAGE, {"answer": "confirm"})
    response = client.post(page_of(application, "remind"), follow=True)
    assert "has answered already" in response.content.decode()


def test_somebody_else_is_asked(client: Client, application: Application, writer: Person) -> None:
    builders.support(application)
    client.post(page_of(application, "withdraw"))
    assert Client().get(PAGE).status_code == 404
    assert statuses(application)[0] == "Not asked"
    client.post(page_of(application), SUE | {"name": "Sid Second"})
    assert [row.name for row in Support.objects.order_by("pk")] == ["Sue Sponsor", "Sid Second"]


@pytest.mark.parametrize("verb", ["remind", "withdraw"])
def test_nobody_is_asked_yet(
    client: Client, application: Application, writer: Person, verb: str
) -> None:
    assert client.post(page_of(application, verb)).status_code == 404
    assert client.get(page_of(application, key="nobody")).status_code == 404


@pytest.mark.parametrize("verb", ["remind", "withdraw"])
def test_nothing_changes_once_it_is_judged(
    client: Client, application: Application, writer: Person, verb: str
) -> None:
    builders.support(application)
    Application.objects.update(state=ApplicationState.ELIGIBLE)
    response = client.post(page_of(application, verb), follow=True)
    assert "is being judged" in response.content.decode()
    assert Support.objects.get().withdrawn_at is None


def test_two_colleagues_ask_one(client: Client, application: Application, writer: Person) -> None:
    builders.support(application)
    page = client.post(page_of(application), SUE).content.decode()
    assert "A colleague has just asked somebody" in page
    assert Support.objects.count() == 1


def test_what_is_missing_is_said_beside_its_field(
    client: Client, application: Application, writer: Person
) -> None:
    page = client.post(page_of(application), {"post": "Leader", "email": "no"}).content.decode()
    assert "Enter their full name" in page
    assert "E-mail address must be like name@example.org" in page
    assert 'value="Leader"' in page


def test_only_those_who_write_it_ask(application: Application) -> None:
    with pytest.raises(PermissionDenied):
        ask_support(
            application=application,
            supporter=supporter_of(application),
            **SUE,
            by=builders.person(),
            link=str,
        )


def test_mails_are_limited(client: Client, application: Application, writer: Person) -> None:
    client.post(page_of(application), SUE)
    answers = [client.post(page_of(application, "remind")).status_code for _ in range(30)]
    assert answers == [302] * 29 + [429]
    assert client.post(page_of(application, key="board"), SUE).status_code == 429


def test_who_was_withdrawn_or_is_too_late_answers_nothing(application: Application) -> None:
    supporter = supporter_of(application)
    support = builders.support(application)
    Support.objects.update(expires_at=timezone.now())
    with pytest.raises(ValidationError, match="has expired"):
        answer_support(support=support, supporter=supporter, is_confirmed=True, words="")
    Support.objects.update(withdrawn_at=timezone.now())
    with pytest.raises(ValidationError, match="Somebody else is asked now"):
        answer_support(support=support, supporter=supporter, is_confirmed=True, words="")
    with pytest.raises(ValidationError, match="Somebody else is asked now"):
        remind(
            support=support,
            supporter=supporter,
            by=Person.objects.get(pk=application.started_by_id),
            link=str,
        )


def test_what_was_handed_in_is_what_they_read(client: Client, application: Application) -> None:
    builders.support(application)
    builders.submission(application, q1="As handed in.")
    application.answers.update(value="As it stands.")
    page = client.get(PAGE).content.decode()
    assert "As handed in." in page
    assert "As it stands." not in page


def test_the_audit_trail_tells_of_it(
    client: Client, application: Application, writer: Person
) -> None:
    client.post(page_of(application), SUE)
    Client().post(mailed_link(), {"answer": "confirm"})
    client.post(page_of(application, "withdraw"))
    kinds = AuditEvent.objects.filter(kind__startswith="application.support").order_by("pk")
    assert [(event.kind, event.by_name) for event in kinds] == [
        ("application.support_asked", str(writer)),
        ("application.support_answered", "Placework"),
        ("application.support_withdrawn", str(writer)),
    ]


@pytest.mark.parametrize("number", [1, 12])
def test_the_supporters_take_the_same_queries(number: int, django_assert_num_queries: Any) -> None:
    keys = [f"k{at}" for at in range(number)]
    application = builders.application(builders.call(supporters=keys))
    with django_assert_num_queries(2):
        assert len(backings_of(application)) == number


class TestWhateverIsTyped(TestCase):
    @given(st.text(), st.sampled_from(["confirm", "cannot", "", "x"]))
    @settings(max_examples=30)
    def test_no_words_break_the_page(self, words: str, answer: str) -> None:
        application = builders.application(builders.call(supporters=["sponsor"]))
        builders.support(application)
        response = self.client.post(PAGE, {"answer": answer, "words": words})
        assert response.status_code in (200, 302)
