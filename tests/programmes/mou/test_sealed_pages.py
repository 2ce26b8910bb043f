"""The sealed file: offered to those who may see the MOU and to those who have a link, once it is there."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import OutgoingMail
from documents.actions.seal_keys import make_seal_key
from documents.models import SealedFile
from programmes import mou_links
from programmes.actions.mou.asking import Reader
from programmes.actions.mou.outstanding import void
from programmes.actions.mou.sealing import seal_version
from programmes.actions.mou.states import change_version_state
from programmes.models import VersionState
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement, signed
from tests.programmes.mou.test_by_link import token_of
from tests.programmes.mou.test_signing_pages import at, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Agreement:
    cache.clear()
    made = agreement(parties=1)
    made.send(readers=[Reader("Rita Reader", "rita@example.org")])
    return made


@pytest.fixture
def sealed(sent: Agreement, settings: Settings, tmp_path: Path) -> SealedFile:
    settings.SEAL_KEYS, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "files"
    make_seal_key(organisation="Better Winters")
    signed(sent.signatory())
    return seal_version(sent.version)


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def stored(sealed: SealedFile) -> bytes:
    with default_storage.open(sealed.file) as file:
        content: bytes = file.read()
    return content


def in_mail(to: str, way: str) -> str:
    """The address in the mail that it is sealed."""
    mail = OutgoingMail.objects.get(to=to, subject__startswith="Signed by all")
    found = re.search(rf"https://example\.org(/programmes/\S*{way}\S*)", mail.text)
    assert found, mail.text
    return found[1]


def links_of(made: Agreement) -> dict[str, str]:
    mail = OutgoingMail.objects.get(to="rita@example.org", subject__startswith="For you to read")
    reader = mail.text.partition("/mou/read/")[2].partition("/")[0]
    return {"sign": token_of(made.signatory()), "read": reader}


def test_who_may_see_the_mou_downloads_it(
    client: Client, sent: Agreement, sealed: SealedFile
) -> None:
    client.force_login(sent.partners[0])
    for name, numbers in (("mou", []), ("mou_version", [1]), ("mou_signing", [1])):
        page = text(client.get(at(sent, name, *numbers)))
        assert at(sent, "mou_sealed", 1) in page
        assert sealed.reference in page
        assert sealed.get_absolute_url() in page
    response = client.get(at(sent, "mou_sealed", 1))
    assert content_of(response) == stored(sealed)
    assert sealed.reference.lower() in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-cache"


def test_an_outsider_learns_nothing(client: Client, sent: Agreement, sealed: SealedFile) -> None:
    assert client.get(at(sent, "mou_sealed", 1)).status_code == 302  # to sign in
    client.force_login(builders.person())
    assert client.get(at(sent, "mou_sealed", 1)).status_code == 404
    client.force_login(sent.staff)
    assert client.get(at(sent, "mou_sealed", 2)).status_code == 404


def test_links_of_signatories_and_readers_lead_to_it(
    client: Client, sent: Agreement, sealed: SealedFile
) -> None:
    for kind, token in links_of(sent).items():
        page = text(client.get(reverse(f"programmes:mou_{kind}", args=[token])))
        assert "Download the sealed PDF of version 1" in page
        assert "not signed yet" not in page
        response = client.get(reverse(f"programmes:mou_{kind}_pdf", args=[token]))
        assert content_of(response) == stored(sealed)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (VersionState.SENT, "It is not sealed yet. Only what all have signed is sealed"),
        (VersionState.SIGNED, "All have signed, and it is not sealed yet"),
    ],
)
def test_before_it_is_sealed_it_is_said_so_and_nothing_half_signed_leaves(
    client: Client, sent: Agreement, state: VersionState, sentence: str
) -> None:
    client.post(reverse("programmes:mou_sign", args=[token_of(sent.signatory())]))
    if state == VersionState.SIGNED:
        signed(sent.signatory())
    for kind, token in links_of(sent).items():
        assert sentence in text(client.get(reverse(f"programmes:mou_{kind}", args=[token])))
        pdf = client.get(reverse(f"programmes:mou_{kind}_pdf", args=[token]))
        assert pdf.status_code == 503  # the text to read, which no worker has drawn here
    link = reverse(
        "programmes:mou_sealed_by_link", args=[mou_links.token_of_sealed(sent.version.pk)]
    )
    assert client.get(link).status_code == client.get(f"{link}file/").status_code == 404
    client.force_login(sent.staff)
    for name in ("mou_version", "mou_signing"):
        page = text(client.get(at(sent, name, 1)))
        assert sentence in page
        assert "Download the sealed PDF" not in page
    response = client.get(at(sent, "mou_sealed", 1), follow=True)
    assert response.redirect_chain == [(at(sent, "mou_version", 1), 302)]
    assert "Version 1 is not sealed" in text(response)


def test_what_was_given_up_has_no_sealed_file(client: Client, sent: Agreement) -> None:
    void(signing=sent.signing, reason="No money", by=sent.staff)
    client.force_login(sent.staff)
    assert client.get(at(sent, "mou_sealed", 1)).status_code == 302
    assert "Download the sealed PDF" not in text(client.get(at(sent, "mou_signing", 1)))


def test_what_is_superseded_is_kept_and_marked(
    client: Client, sent: Agreement, sealed: SealedFile
) -> None:
    change_version_state(version=sent.version, to=VersionState.SUPERSEDED, by=None)
    client.force_login(sent.enabler)
    assert "A later version has taken the place of this one" in text(
        client.get(at(sent, "mou_version", 1))
    )
    response = client.get(at(sent, "mou_sealed", 1))
    assert content_of(response) == stored(sealed)
    assert "-superseded.pdf" in response["Content-Disposition"]


def test_the_mail_leads_people_without_an_account_to_it_for_a_while(
    client: Client, sent: Agreement, sealed: SealedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for to in (sent.signatory().email, "rita@example.org"):
        link = in_mail(to, "mou/sealed/")
        page = text(client.get(link))
        assert sealed.reference in page
        assert "In force" in page
        assert content_of(client.get(f"{link}file/")) == stored(sealed)
    assert OutgoingMail.objects.get(to=to, subject__startswith="Signed by all").secret_until
    wrong = link[:-2] + ("AA/" if link[-2] != "A" else "BB/")
    monkeypatch.setattr(mou_links, "LASTS", timedelta(seconds=-1))
    for address in (link, f"{link}file/", wrong, f"{wrong}file/"):
        gone = client.get(address)
        assert gone.status_code == 404
        assert "ask programme staff for it" in text(gone)


def test_who_has_an_account_is_led_to_where_they_sign_in(
    client: Client, sent: Agreement, sealed: SealedFile
) -> None:
    page = in_mail(sent.partners[0].email, "versions/")
    assert client.get(page).status_code == 302
    client.force_login(sent.partners[0])
    assert "Download the sealed PDF" in text(client.get(page))


def test_guessed_links_to_a_sealed_file_come_to_an_end(client: Client, settings: Any) -> None:
    cache.clear()
    limits = {"follow_signing_link": "2/10m/ip"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | limits
    guess = reverse("programmes:mou_sealed_by_link", args=["guess"])
    assert [client.get(guess).status_code for _ in range(3)] == [404, 404, 429]


def test_a_file_that_is_lost_is_called_lost(
    client: Client, sent: Agreement, sealed: SealedFile
) -> None:
    default_storage.delete(sealed.file)
    client.force_login(sent.staff)
    response = client.get(at(sent, "mou_sealed", 1))
    assert response.status_code == 503
    assert "brings it back from a back-up" in text(response)
