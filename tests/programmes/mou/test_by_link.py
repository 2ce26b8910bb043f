"""The pages of somebody who was asked to sign: what they read, do, and what strangers cannot."""

import re
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from documents.actions.jobs import run_job
from documents.models import Job
from programmes import mou_words
from programmes.actions.mou.codes import send_code
from programmes.models import Method, Signatory, SignatoryState, Signature, SigningCode
from tests import builders
from tests.accounts.soft_key import registered
from tests.documents.accessible import faults_of
from tests.programmes.mou.agreeing import Agreement, agreement, code_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Agreement:
    cache.clear()
    made = agreement()
    made.send()
    return made


def token_of(signatory: Signatory) -> str:
    """As it stands in the mail that was sent last."""
    mails = OutgoingMail.objects.filter(to=signatory.email, text__contains="/mou/sign/")
    found = re.search(r"/mou/sign/([\w-]+)/", mails.order_by("-pk")[0].text)
    assert found
    return found[1]


def page(name: str, signatory: Signatory) -> str:
    return reverse(f"programmes:{name}", args=[token_of(signatory)])


def answers(signatory: Signatory, code: str = "") -> dict[str, Any]:
    return {
        "consent": "on",
        "post": "Director",
        "authority": "minute",
        "authority_words": "Cabinet, 3 November 2026",
        "typed_name": "Sam Signer",
        "code": code or code_for(signatory),
        "text_sha256": signatory.signing.text_sha256,
        "words_version": mou_words.VERSION,
    }


def show_second_factor(client: Client, person: Person) -> None:
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, method="mfa", type="webauthn")
    request.session.save()


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_one_reads_it_without_an_account(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    link = page("mou_sign", signatory)
    asked = text(client.get(link))
    assert f"{sent.staff} asks you, Signer 1, to sign for {signatory.party} by" in asked
    read = text(client.post(link, follow=True))
    assert "1. " in read
    assert "Signer 3, Director: asked" in read
    assert "signer3@example.org" not in read
    assert sent.signing.text_sha256 in read
    assert sent.signatory().state == SignatoryState.OPENED


@pytest.mark.parametrize("method", ["head", "get"])
def test_a_program_that_looks_whether_a_link_is_safe_has_not_opened_it(
    client: Client, sent: Agreement, method: str
) -> None:
    response = getattr(client, method)(page("mou_sign", sent.signatory()))
    assert response.status_code == 200
    assert sent.signatory().state == SignatoryState.ASKED
    assert sent.clause("challenge").wordings.get().text not in text(response)


def test_one_signs_with_the_code_from_the_mail(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    agree = page("mou_agree", signatory)
    assert "Send me a code" in text(client.get(agree))
    assert signatory.email in text(client.post(agree, {"send_code": "1"}))
    response = client.post(agree, answers(signatory), HTTP_USER_AGENT="A browser")
    assert response.url == page("mou_sign", signatory)
    signature = Signature.objects.get()
    assert signature.consent == mou_words.CONSENT
    assert signature.statement == mou_words.statement(
        title=sent.mou.title,
        version=1,
        reference=sent.signing.reference,
        organisation=str(signatory.party),
    )
    assert (signature.words_version, signature.method) == (mou_words.VERSION, Method.CODE)
    assert (signature.trace.address, signature.trace.agent) == ("127.0.0.1", "A browser")
    assert "You signed for" in text(client.get(response.url))
    assert client.get(agree).url == response.url


def test_the_words_that_are_kept_are_the_words_that_are_shown(
    client: Client, sent: Agreement
) -> None:
    signatory = sent.signatory()
    send_code(signatory)
    shown = client.get(page("mou_agree", signatory)).context["form"].statement
    client.post(page("mou_agree", signatory), answers(signatory))
    assert Signature.objects.get().statement == shown


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("consent", "Tick the box to sign here, or ask for paper"),
        ("typed_name", "Enter your full name"),
        ("authority", "Select on what basis you sign"),
        ("authority_words", "Say which minute"),
        ("code", "Enter the code that we sent to you"),
        ("text_sha256", "What you were shown is not what is to be signed"),
        ("words_version", "What is said here has changed since you opened the page"),
    ],
)
def test_nothing_is_signed_without_all_of_it(
    client: Client, sent: Agreement, missing: str, sentence: str
) -> None:
    signatory = sent.signatory()
    given = answers(signatory)
    del given[missing]
    response = client.post(page("mou_agree", signatory), given)
    assert sentence in text(response)
    assert missing == "typed_name" or 'value="Sam Signer"' in text(response)
    assert not Signature.objects.exists()


def test_what_was_typed_is_kept_when_another_code_is_asked_for(
    client: Client, sent: Agreement
) -> None:
    signatory = sent.signatory()
    typed = answers(signatory) | {"send_code": "1", "code": "123"}
    shown = text(client.post(page("mou_agree", signatory), typed))
    assert 'value="Sam Signer"' in shown
    assert 'value="123"' not in shown
    assert SigningCode.objects.count() == 2
    assert "There is a problem" not in shown


def test_one_declines_and_staff_are_told(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    response = client.post(page("mou_decline", signatory), {"reason": ""})
    assert "Enter the reason" in text(response)
    client.post(page("mou_decline", signatory), {"reason": "Our board has not met."})
    assert "You have declined" in text(client.get(page("mou_sign", signatory)))
    assert "Our board has not met." in OutgoingMail.objects.get(to=sent.staff.email).text


def test_one_asks_for_paper(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    assert "Staff of the programme send" in text(client.get(page("mou_ask_for_paper", signatory)))
    client.post(page("mou_ask_for_paper", signatory))
    assert sent.signatory().state == SignatoryState.PAPER
    assert client.post(page("mou_ask_for_paper", signatory)).status_code == 302
    assert "You may still sign here" in text(client.get(page("mou_sign", signatory)))


def test_it_is_a_pdf_too_as_soon_as_it_is_drawn(client: Client, sent: Agreement) -> None:
    pdf = page("mou_sign_pdf", sent.signatory())
    assert client.get(pdf).status_code == 503
    run_job(Job.objects.get().pk)
    response = client.get(pdf)
    content = b"".join(response.streaming_content)
    assert faults_of(content) == []
    assert "not-signed-yet.pdf" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),  # nobody of ours says so
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_from_where_one_signed_is_what_our_own_proxies_saw(
    client: Client, sent: Agreement, settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    signatory = sent.signatory()
    headers = {"HTTP_X_FORWARDED_FOR": forwarded, "HTTP_USER_AGENT": "A" * 400}
    client.post(page("mou_agree", signatory), answers(signatory), **headers)
    trace = Signature.objects.get().trace
    assert (trace.address, trace.agent) == (address, "A" * 300)


def test_whoever_has_a_second_factor_signs_with_it(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    person = builders.person(email=signatory.email)
    registered(person)
    agree = page("mou_agree", signatory)
    assert "sign in with it first" in text(client.get(agree))
    handed = {"name": "Me", "post": "X", "email": "me@example.org", "reason": "Mine"}
    hands = page("mou_sign_hand_over", signatory)
    assert "sign in with it first" in text(client.get(hands))
    client.post(hands, handed | {"code": code_for(signatory)})
    assert sent.signatory().state == SignatoryState.ASKED
    client.post(agree, answers(signatory))
    assert not Signature.objects.exists()
    client.force_login(person)
    client.post(agree, answers(signatory))  # signed in, but without it
    assert not Signature.objects.exists()
    show_second_factor(client, person)
    client.post(agree, answers(signatory))
    assert Signature.objects.get().method == Method.CODE_AND_SECOND
