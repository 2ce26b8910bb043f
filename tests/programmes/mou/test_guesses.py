"""What strangers try: codes and links that are wrong, expired, replayed, swapped or guessed by the dozen.

All fail, and each is answered with a sentence that helps whoever is honest.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from programmes.actions.mou.asking import Reader, remind
from programmes.actions.mou.codes import TRIES, WRONG_A_DAY, send_code
from programmes.actions.mou.outstanding import void
from programmes.models import Signature, SigningCode
from tests.programmes.mou.agreeing import Agreement, agreement, code_for
from tests.programmes.mou.test_by_link import answers, page, text, token_of

pytestmark = pytest.mark.django_db

HANDED = {"name": "Rita Right", "post": "Chief", "email": "rita@example.org", "reason": "Hers"}


@pytest.fixture
def sent() -> Agreement:
    cache.clear()
    made = agreement()
    made.send(readers=[Reader("Rea Reader", "rea@example.org")])
    return made


def reads(made: Agreement) -> str:
    """The token of the one who only reads."""
    return (
        OutgoingMail.objects.get(to="rea@example.org")
        .text.partition("/mou/read/")[2]
        .partition("/")[0]
    )


def test_a_wrong_code_neither_signs_nor_hands_over(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    send_code(signatory)
    for wrong in ("123", "abcdef", "      1"):
        assert "not the code that we sent" in text(
            client.post(page("mou_agree", signatory), answers(signatory, wrong))
        )
    response = client.post(
        page("mou_sign_hand_over", signatory),
        {"name": "Me", "post": "X", "email": "me@example.org", "reason": "Mine", "code": "12"},
    )
    assert "not the code that we sent" in text(response)
    assert sent.signing.signatories.count() == 3


def test_an_expired_code_says_to_ask_for_a_new_one(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    code = code_for(signatory)
    SigningCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = client.post(page("mou_agree", signatory), answers(signatory, code))
    assert "more than ten minutes old. Ask for a new one" in text(response)
    assert not Signature.objects.exists()


def test_a_replayed_code_is_no_code(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    code = code_for(signatory)
    client.post(page("mou_sign_hand_over", signatory), HANDED | {"code": code})
    successor = sent.signatory(4)
    assert successor.name == "Rita Right"
    response = client.post(page("mou_agree", successor), answers(successor, code))
    assert "Ask for a code first" in text(response)
    assert "handed over to Rita Right" in text(client.get(page("mou_sign", signatory)))


def test_a_code_that_another_has_replaced_is_not_the_code(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    earlier, later = code_for(signatory), code_for(signatory)
    if earlier != later:
        response = client.post(page("mou_agree", signatory), answers(signatory, earlier))
        assert "Look at the latest e-mail" in text(response)
        assert not Signature.objects.exists()


def test_a_swapped_code_is_of_no_use_to_another(client: Client, sent: Agreement) -> None:
    one, other = sent.signatory(1), sent.signatory(2)
    code = code_for(one)
    assert "Ask for a code first" in text(
        client.post(page("mou_agree", other), answers(other, code))
    )
    send_code(other)
    assert "not the code that we sent" in text(
        client.post(page("mou_agree", other), answers(other, code))
    )


def test_a_code_is_of_no_use_for_another_text(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    code = code_for(signatory)
    SigningCode.objects.update(text_sha256="0" * 64)
    response = client.post(page("mou_agree", signatory), answers(signatory, code))
    assert "not what is to be signed: open your link again" in text(response)
    assert not Signature.objects.exists()


def test_brute_force_on_codes_comes_to_an_end(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    right = code_for(signatory)
    wrong = "000000" if right != "000000" else "111111"
    agree = page("mou_agree", signatory)
    for _ in range(TRIES):
        assert "not the code" in text(client.post(agree, answers(signatory, wrong)))
    assert "tried too often" in text(client.post(agree, answers(signatory, right)))
    for _ in range(WRONG_A_DAY // TRIES - 1):
        send_code(signatory)
        for _ in range(TRIES):
            client.post(agree, answers(signatory, wrong))
    assert "fifteen times within a day" in text(client.post(agree, {"send_code": "1"}))
    assert not Signature.objects.exists()


def test_brute_force_on_codes_from_one_address_comes_to_an_end(
    client: Client, sent: Agreement, settings: Any
) -> None:
    limits = {"try_signing_code": "1/10m/ip", "send_signing_code": "1/h/ip"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits
    one, other = sent.signatory(1), sent.signatory(2)
    for each in (one, other):
        send_code(each)
        response = client.post(page("mou_agree", each), answers(each, "1"))
    assert "You have tried too often" in text(response)
    for each in (one, other):
        response = client.post(page("mou_agree", each), {"send_code": "1"})
    assert "You have tried too often" in text(response)


@pytest.mark.parametrize("name", ["mou_sign", "mou_agree", "mou_sign_hand_over", "mou_sign_pdf"])
def test_a_wrong_link_says_where_to_look(client: Client, sent: Agreement, name: str) -> None:
    token = token_of(sent.signatory())
    for wrong in (token[:-1], token + "a", token.swapcase(), sent.signatory().token_sha256):
        response = client.get(reverse(f"programmes:{name}", args=[wrong]))
        assert response.status_code == 404
        assert "copy all of it from the e-mail" in text(response)


def test_an_expired_link_shows_why_and_signs_nothing(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    given = answers(signatory)
    type(sent.signing).objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "The time to sign is over" in text(client.get(page("mou_sign", signatory)))
    response = client.post(page("mou_agree", signatory), given)
    assert response.url == page("mou_sign", signatory)
    void(signing=sent.signing, reason="No money", by=sent.staff)
    assert "It was given up" in text(client.get(page("mou_sign", signatory)))
    assert not Signature.objects.exists()


def test_a_link_from_before_the_reminder_is_of_no_use(client: Client, sent: Agreement) -> None:
    before = page("mou_sign", sent.signatory())
    remind(signatory=sent.signatory(), by=sent.staff)
    response = client.get(before)
    assert response.status_code == 404
    assert "look for the latest e-mail" in text(response)
    assert client.get(page("mou_sign", sent.signatory())).status_code == 200


def test_a_replayed_link_signs_nothing_twice(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    client.post(page("mou_agree", signatory), answers(signatory))
    again = answers(signatory) | {"typed_name": "Somebody Else"}
    response = client.post(page("mou_agree", signatory), again, follow=True)
    assert "You signed for" in text(response)
    for name in ("mou_sign_hand_over", "mou_decline", "mou_ask_for_paper"):
        client.post(page(name, signatory), HANDED | {"code": code_for(signatory)})
    assert Signature.objects.get().typed_name == "Sam Signer"
    assert sent.signing.signatories.count() == 3


def test_a_link_that_was_handed_over_signs_nothing(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    client.post(page("mou_sign_hand_over", signatory), HANDED | {"code": code_for(signatory)})
    response = client.post(page("mou_agree", signatory), answers(signatory), follow=True)
    assert "handed over to Rita Right. There is nothing to do for you." in text(response)
    assert not Signature.objects.exists()


def test_a_swapped_link_is_of_no_use(client: Client, sent: Agreement) -> None:
    """That of a signatory where one reads, that of a reader where one signs."""
    for name in ("mou_read", "mou_read_pdf"):
        signs = reverse(f"programmes:{name}", args=[token_of(sent.signatory())])
        assert client.get(signs).status_code == 404
    for name in ("mou_sign", "mou_agree", "mou_sign_hand_over", "mou_decline", "mou_ask_for_paper"):
        address = reverse(f"programmes:{name}", args=[reads(sent)])
        for response in (client.get(address), client.post(address, {"send_code": "1"})):
            assert response.status_code == 404
            assert "ask whoever asked you to sign to send you another" in text(response)
    assert not SigningCode.objects.exists()


def test_brute_force_on_links_comes_to_an_end_but_not_for_those_who_have_one(
    client: Client, sent: Agreement, settings: Any
) -> None:
    limits = {"follow_signing_link": "2/10m/ip"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits
    names = ["mou_sign", "mou_agree", "mou_read_pdf"]
    guesses = [client.get(reverse(f"programmes:{name}", args=["guess"])) for name in names]
    assert [response.status_code for response in guesses] == [404, 404, 429]
    assert "copy all of it from the e-mail" in text(guesses[0])
    assert client.get(page("mou_sign", sent.signatory())).status_code == 200
