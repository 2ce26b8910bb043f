"""What staff do on the pages of sending and signing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from programmes.actions.mou.signing import decline
from programmes.models import (
    Method,
    Signatory,
    SignatoryState,
    Signature,
    Signing,
    SigningRule,
    VersionState,
)
from tests.programmes.mou.agreeing import Agreement, agreement, signed
from tests.programmes.mou.scans import photographed, scanned

pytestmark = pytest.mark.django_db

LATER = (timezone.localdate() + timedelta(days=30)).strftime("%-d %B %Y")


@pytest.fixture
def agreed(client: Client) -> Agreement:
    made = agreement(parties=2)
    client.force_login(made.staff)
    return made


@pytest.fixture
def sent(agreed: Agreement) -> Agreement:
    agreed.send()
    return agreed


def at(made: Agreement, name: str, *others: object) -> str:
    project = made.mou.project
    return reverse(f"programmes:{name}", args=[project.programme.slug, project.slug, *others])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def who(made: Agreement, party: int, number: int, **values: str) -> dict[str, str]:
    key = f"party{made.parties[party].pk}_{number}"
    given = {"name": "Jo Bloggs", "post": "Director", "email": f"jo{number}@example.org"} | values
    return {f"{key}_{cell}": value for cell, value in given.items()}


def test_it_is_sent_to_those_who_speak_for_the_parties(client: Client, agreed: Agreement) -> None:
    page = text(client.get(at(agreed, "mou_send")))
    assert f'value="{agreed.partners[0].email}"' in page
    given = who(agreed, 0, 1) | who(agreed, 0, 2) | who(agreed, 1, 1, email="ann@example.org")
    given |= {f"party{agreed.parties[0].pk}_rule": "any", "expires_at": LATER, "message": "Please."}
    given |= {"reader_1_name": "Rita", "reader_1_email": "rita@example.org"}
    response = client.post(at(agreed, "mou_send"), given)
    assert response.url == at(agreed, "mou_signing", 1)
    signing = Signing.objects.get()
    assert signing.site == "http://testserver/"
    assert timezone.localtime(signing.expires_at).strftime("%-d %B %Y %H:%M") == f"{LATER} 23:59"
    rules = dict(signing.signatories.values_list("email", "rule"))
    assert rules == {
        "jo1@example.org": SigningRule.ANY,
        "jo2@example.org": SigningRule.ANY,
        "ann@example.org": SigningRule.EACH,
    }
    assert (
        "http://testserver/programmes/mou/read/"
        in OutgoingMail.objects.get(to="rita@example.org").text
    )
    assert "Any one of them is enough" in text(client.get(response.url))


def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(
    client: Client, agreed: Agreement
) -> None:
    given = who(agreed, 0, 1, post="", email="nonsense") | {"expires_at": "1 January 2020"}
    page = text(client.post(at(agreed, "mou_send"), given))
    for sentence in (
        "Enter the job title",
        "E-mail address must be like name@example.org",
        f"Say who signs for {agreed.parties[1]}",
    ):
        assert sentence in page
    assert 'value="Jo Bloggs"' in page
    given = who(agreed, 0, 1) | who(agreed, 1, 1) | {"expires_at": "1 January 2020"}
    assert "Enter a day that is still to come" in text(client.post(at(agreed, "mou_send"), given))
    given |= who(agreed, 0, 2, email="JO1@example.org") | {"expires_at": LATER}
    given |= {f"party{agreed.parties[0].pk}_rule": "each"}
    assert "jo1@example.org is named twice" in text(client.post(at(agreed, "mou_send"), given))
    assert not Signing.objects.exists()


def test_one_more_row_keeps_what_was_typed(client: Client, agreed: Agreement) -> None:
    key = f"party{agreed.parties[0].pk}"
    given = who(agreed, 0, 1) | who(agreed, 1, 1) | {"message": "Dear all", "more": key}
    page = text(client.post(at(agreed, "mou_send"), given))
    assert f'name="{key}_2_name"' in page
    assert 'value="Jo Bloggs"' in page
    assert "Dear all" in page
    assert "There is a problem" not in page


def test_staff_see_who_holds_it_and_others_no_addresses(client: Client, sent: Agreement) -> None:
    page = text(client.get(at(sent, "mou_signing", 1)))
    assert "signer1@example.org" in page
    assert "Remind Signer 1" in page
    client.force_login(sent.partners[0])
    page = text(client.get(at(sent, "mou_signing", 1)))
    assert "Signer 1, Director" in page
    assert "signer1@example.org" not in page
    assert "Remind" not in page.replace("Reminders", "")


def test_staff_remind_stop_and_extend(client: Client, sent: Agreement) -> None:
    signatory = sent.signatory()
    client.post(at(sent, "mou_remind", 1, signatory.pk))
    assert sent.signatory().token_sha256 != signatory.token_sha256
    client.post(at(sent, "mou_reminders", 1), {"stop": "1"})
    assert sent.signing.reminders_stop
    client.post(at(sent, "mou_reminders", 1), {"resume": "1"})
    assert not sent.signing.reminders_stop
    refused = client.post(at(sent, "mou_extend", 1), {"expires_at": "1 January 2020"})
    assert "Enter a later time than now" in text(refused)
    client.post(at(sent, "mou_extend", 1), {"expires_at": LATER})
    assert timezone.localdate(sent.signing.expires_at).strftime("%-d %B %Y") == LATER


def test_staff_give_it_up_with_a_reason(client: Client, sent: Agreement) -> None:
    assert "Enter the reason" in text(client.post(at(sent, "mou_void", 1), {"reason": " "}))
    client.post(at(sent, "mou_void", 1), {"reason": "The council pulled out"})
    assert sent.version.state == VersionState.VOID
    page = text(client.get(at(sent, "mou_signing", 1)))
    assert "“The council pulled out”" in page
    assert "Remind Signer" not in page
    again = client.post(at(sent, "mou_void", 1), {"reason": "Again"})
    assert "This version is void" in text(again)


def test_staff_ask_somebody_else(client: Client, sent: Agreement) -> None:
    decline(signatory=sent.signatory(), reason="I have left")
    successor = {"name": "Rita", "post": "Chief", "email": "signer1@example.org", "reason": "Hers"}
    page = at(sent, "mou_hand_over", 1, sent.signatory().pk)
    assert "was asked to sign for this party already" in text(client.post(page, successor))
    client.post(page, successor | {"email": "rita@example.org"})
    assert sent.signatory(3).name == "Rita"
    assert "Handed over to Rita" in text(client.get(at(sent, "mou_signing", 1)))


def on_paper(**values: Any) -> dict[str, Any]:
    return {
        "typed_name": "Pat Paper",
        "post": "Chair",
        "authority": "office",
        "witness_note": "She signed at our table.",
    } | values


@pytest.mark.parametrize(
    ("content", "ending"),
    [(scanned(), ".pdf"), (photographed(), ".png"), (photographed("JPEG"), ".jpg")],
)
def test_a_signed_page_is_kept_and_shown_as_such(
    client: Client, sent: Agreement, content: bytes, ending: str
) -> None:
    pk = sent.signatory().pk
    file = SimpleUploadedFile("anything.exe", content)
    client.post(at(sent, "mou_paper", 1, pk), on_paper(content=file))
    signature = Signature.objects.get()
    assert (signature.method, signature.witnessed_by) == (Method.PAPER, sent.staff)
    assert "Signed on paper, since" in text(client.get(at(sent, "mou_signing", 1)))
    response = client.get(at(sent, "mou_signed_page", 1, pk))
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == "application/octet-stream"
    assert ending in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>", "must be a PDF, or a picture"),
        (b"%PDF-1.7 nothing", "This PDF is damaged"),
        (scanned("secret"), "protected by a password"),
        (photographed()[:30], "The picture is damaged"),
        (photographed(size=(9000, 9000)), "The picture is too large"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_signed_page_is_refused(
    client: Client, sent: Agreement, content: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile("page.pdf", content)
    page = text(client.post(at(sent, "mou_paper", 1, sent.signatory().pk), on_paper(content=file)))
    assert sentence in page
    assert 'value="Pat Paper"' in page
    assert sent.signatory().state == SignatoryState.ASKED


def test_the_page_of_a_signing_asks_as_much_of_the_database_for_many(
    client: Client, django_assert_max_num_queries: Any, agreed: Agreement
) -> None:
    agreed.send()
    page = at(agreed, "mou_signing", 1)
    client.get(page)
    with django_assert_max_num_queries(100) as few:
        client.get(page)
    first = agreed.signatory()
    for number in range(20):
        Signatory.objects.create(
            signing=agreed.signing,
            party=first.party,
            name=f"More {number}",
            email=f"more{number}@example.org",
            token_sha256=str(number),
        )
    signed(first)
    with django_assert_max_num_queries(len(few)):
        client.get(page)
