"""What people do by mistake: press twice, go back and send again, have two tabs open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.models import (
    Commitment,
    MOUReview,
    Remark,
    SignatoryState,
    Signature,
    Signing,
    Wording,
    WordingState,
)
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement, code_for
from tests.programmes.mou.test_by_link import answers, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> Agreement:
    cache.clear()
    return agreement()


@pytest.fixture
def sent(agreed: Agreement) -> Agreement:
    agreed.send()
    return agreed


def at(made: Agreement, name: str, *others: object) -> str:
    project = made.mou.project
    return reverse(f"programmes:{name}", args=[project.programme.slug, project.slug, *others])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def proposal(made: Agreement, client: Client) -> tuple[str, dict[str, str]]:
    address = at(made, "wording_propose", "challenge")
    form = client.get(address).context["form"]
    words = {"heading": "The challenge", "text": "Damp homes make children ill."}
    return address, {"based_on": form.initial["based_on"], **words}


def new_clause(made: Agreement, client: Client) -> tuple[str, dict[str, str]]:
    return at(made, "clause_propose"), {"heading": "Bills", "text": "We ask about bills."}


def left_out(made: Agreement, client: Client) -> tuple[str, dict[str, str]]:
    address = at(made, "clause_leave_out", "learning")
    based_on = client.get(address).context["form"].initial["based_on"]
    return address, {"based_on": based_on, "reason": "It says nothing"}


def commitment(made: Agreement, client: Client) -> tuple[str, dict[str, str]]:
    return at(made, "commitment_add", made.parties[0].pk), {"what": "Look at every home"}


def a_remark(made: Agreement, client: Client) -> tuple[str, dict[str, str]]:
    return at(made, "remark_make", "challenge"), {"text": "Whose homes?"}


SAID_ONCE: list[tuple[Callable[..., tuple[str, dict[str, str]]], type[Any], str]] = [
    (proposal, Wording, "This is proposed already"),
    (new_clause, Wording, "This is proposed already"),
    (left_out, Wording, "This is proposed already"),
    (commitment, Commitment, "has committed to this already"),
    (a_remark, Remark, "You have said this here already"),
]


@pytest.mark.parametrize(("sends", "row", "sentence"), SAID_ONCE)
def test_what_is_sent_twice_is_kept_once(
    client: Client, agreed: Agreement, sends: Any, row: Any, sentence: str
) -> None:
    client.force_login(agreed.partners[0])
    before = row.objects.count()
    address, given = sends(agreed, client)
    assert client.post(address, given).status_code == 302
    assert sentence in text(client.post(address, given))
    assert row.objects.count() == before + 1


def test_what_was_declined_may_be_proposed_again(client: Client, agreed: Agreement) -> None:
    client.force_login(agreed.partners[0])
    address, given = proposal(agreed, client)
    client.post(address, given)
    row = Wording.objects.get(state=WordingState.PROPOSED)
    client.post(at(agreed, "wording_withdraw", "challenge", row.number))
    assert client.post(address, given).status_code == 302


def test_a_review_is_recorded_once(client: Client, agreed: Agreement) -> None:
    client.force_login(agreed.enabler)
    today = timezone.localdate()
    given = {
        "held_on": f"{today:%-d %B %Y}",
        "came": "All of us",
        "outcome": "We read it aloud.",
        "next_on": f"{today + timedelta(days=90):%-d %B %Y}",
    }
    assert client.post(at(agreed, "review_record"), given).status_code == 302
    assert "This review is recorded already" in text(
        client.post(at(agreed, "review_record"), given)
    )
    assert MOUReview.objects.count() == 1


def test_sent_twice_it_is_out_once(client: Client, agreed: Agreement) -> None:
    client.force_login(agreed.staff)
    address = at(agreed, "mou_send")
    given = client.get(address).context["form"].initial | {"expires_at": "1 March 2030"}
    assert client.post(address, given).status_code == 302
    assert "nothing to send" in text(client.post(address, given, follow=True))
    assert Signing.objects.count() == 1


def test_signed_twice_it_is_signed_once(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    given = answers(signatory)
    for _ in range(2):
        response = client.post(page("mou_agree", signatory), given, follow=True)
        assert "You signed for" in text(response)
    assert Signature.objects.count() == 1


def test_after_signing_the_pages_of_another_tab_do_nothing(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    client.post(page("mou_agree", signatory), answers(signatory))
    for name in ("mou_decline", "mou_sign_hand_over", "mou_ask_for_paper"):
        given = {"reason": "In another tab", "name": "X", "post": "X", "email": "x@example.org"}
        response = client.post(page(name, signatory), given | {"code": "1"}, follow=True)
        assert "You signed for" in text(response)
    assert sent.signatory().state == SignatoryState.SIGNED


def test_a_code_of_an_earlier_tab_says_to_look_at_the_latest(
    client: Client, sent: Agreement
) -> None:
    signatory = sent.signatory()
    first = answers(signatory)
    while code_for(signatory) == first["code"]:
        pass
    response = client.post(page("mou_agree", signatory), first)
    assert "Look at the latest e-mail" in text(response)


def test_another_who_is_signed_in_is_no_nearer_to_signing(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    client.force_login(builders.person("Olaf Other", email="olaf@example.org"))
    assert signatory.name in text(client.get(page("mou_sign", signatory)))
    response = client.post(page("mou_agree", signatory), answers(signatory, "123456"))
    assert "Ask for a code first" in text(response)
    assert not Signature.objects.exists()
