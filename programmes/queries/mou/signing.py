"""What the pages of a signing read: by whose link, what it says, and who signs with whom."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from accounts.secret_links import hashed
from programmes.models import (
    MOU,
    CopiedIn,
    Signatory,
    SignatoryState,
    Signing,
    SigningRule,
    VersionState,
)
from programmes.mou_states import Actor, signatory_steps_from
from programmes.queries.mou.drafting import fetched

OF_SIGNING = "signing__version__mou__project"


# What the pages by link show of them and of where they belong: not the long texts, and not what is
# kept to search in.
_OF_WHAT = (
    "signing__reference",
    "signing__text",
    "signing__text_sha256",
    "signing__message",
    "signing__site",
    "signing__sent_at",
    "signing__sent_by_name",
    "signing__expires_at",
    "signing__version__number",
    "signing__version__state",
    "signing__version__mou__title",
    "signing__version__mou__project__slug",
    "signing__version__mou__project__place__name",
)
_SIGNATORIES = Signatory.objects.select_related(f"{OF_SIGNING}__place", "party__organisation").only(
    *_OF_WHAT,
    "party__mou",
    "party__organisation__name",
    "rule",
    "name",
    "post",
    "email",
    "state",
    "handed_over_to",
)
_READERS = CopiedIn.objects.select_related(f"{OF_SIGNING}__place").only("name", "email", *_OF_WHAT)


def signatory_by(token: str) -> Signatory | None:
    """Whoever holds this link: the last that was sent to them."""
    return _SIGNATORIES.filter(token_sha256=hashed(token)).first()


def reader_by(token: str) -> CopiedIn | None:
    return _READERS.filter(token_sha256=hashed(token)).first()


def is_out(signing: Signing) -> bool:
    """Whether it can be signed now."""
    return signing.version.state == VersionState.SENT and signing.expires_at >= timezone.now()


def steps_of(signatory: Signatory) -> set[SignatoryState]:
    """What somebody who came by their link may do now."""
    if not is_out(signatory.signing):
        return set()
    steps = signatory_steps_from(signatory.state)
    return {step.new for step in steps if step.actor == Actor.SIGNATORY}


@dataclass(frozen=True)
class Signer:
    """One who is asked to sign, as all who read along see them: without an address."""

    pk: int
    name: str
    post: str
    organisation: str
    party: int
    rule: str
    state: SignatoryState
    since: datetime  # they have been in this state
    reminded_at: datetime | None
    handed_over_to: str
    email: str  # for staff alone
    paper: bool
    left_post_on: date | None

    @property
    def label(self) -> str:
        return self.state.label

    @property
    def has_signed(self) -> bool:
        return self.state == SignatoryState.SIGNED

    @property
    def is_waited_for(self) -> bool:
        return self.state in (SignatoryState.ASKED, SignatoryState.OPENED, SignatoryState.PAPER)

    @property
    def may_be_replaced(self) -> bool:
        return self.is_waited_for or self.state == SignatoryState.DECLINED


@dataclass(frozen=True)
class PartySigning:
    """How far one party is."""

    name: str
    signers: tuple[Signer, ...]

    @property
    def any_one_is_enough(self) -> bool:
        asked = [each for each in self.signers if each.state != SignatoryState.HANDED_OVER]
        return len(asked) > 1 and asked[0].rule == SigningRule.ANY


# Quicker than Django puts it together.
_WHO_SIGNS = """
    SELECT signatory.id, signatory.name, signatory.post, organisation.name, signatory.party_id,
        signatory.rule, signatory.state, signatory.asked_at, signatory.reminded_at, other.name,
        signatory.email, signature.signed_at, signature.witnessed_by_id, signatory.left_post_on,
        (
            SELECT changed_at FROM programmes_signatorychange
            WHERE signatory_id = signatory.id ORDER BY id DESC LIMIT 1
        )
    FROM programmes_signatory signatory
    JOIN programmes_party party ON party.id = signatory.party_id
    JOIN places_organisation organisation ON organisation.id = party.organisation_id
    LEFT JOIN programmes_signatory other ON other.id = signatory.handed_over_to_id
    LEFT JOIN programmes_signature signature ON signature.signatory_id = signatory.id
    WHERE signatory.signing_id = %s
    ORDER BY signatory.party_id, signatory.id
"""


def who_signs(signing: Signing) -> list[PartySigning]:
    """All who are asked, by party, in one query."""
    return _by_party(_signer(*row) for row in fetched(_WHO_SIGNS, signing.pk))


def _signer(*row: Any) -> Signer:
    (pk, name, post, organisation, party, rule, state, asked_at, reminded_at, to, email) = row[:11]
    signed_at, witness, left_post_on, changed_at = row[11:]
    return Signer(
        pk=pk,
        name=name,
        post=post,
        organisation=organisation,
        party=party,
        rule=rule,
        state=SignatoryState(state),
        since=signed_at or changed_at or asked_at,
        reminded_at=reminded_at,
        handed_over_to=to or "",
        email=email,
        paper=witness is not None,
        left_post_on=left_post_on,
    )


def _by_party(signers: Iterable[Signer]) -> list[PartySigning]:
    grouped = groupby(signers, key=lambda each: each.party)
    parties = [tuple(of_party) for _, of_party in grouped]
    return [PartySigning(of_party[0].organisation, of_party) for of_party in parties]


_THOSE_WHO_SPEAK = """
    SELECT representative.party_id, person.name, representative.post, person.email
    FROM programmes_representative representative
    JOIN programmes_party party ON party.id = representative.party_id
    JOIN accounts_person person ON person.id = representative.person_id
    WHERE party.mou_id = %s AND representative.ended_at IS NULL
    ORDER BY representative.party_id, representative.id
"""


def those_who_speak(mou: MOU) -> dict[int, list[dict[str, str]]]:
    """By party, who speaks for it now: the first to think of when somebody is to sign."""
    found: dict[int, list[dict[str, str]]] = {}
    for party, name, post, email in fetched(_THOSE_WHO_SPEAK, mou.pk):
        found.setdefault(party, []).append({"name": name, "post": post, "email": email})
    return found


@dataclass(frozen=True)
class Happened:
    """One event of the trail, in words."""

    number: int
    what: str
    who: str
    at: datetime
    about: str  # whom it was about, and why


def trail_of(signing: Signing) -> list[Happened]:
    """All that happened, the latest first."""
    rows = signing.events.order_by("-number").values_list("number", "told", "happened_at")
    return [_happened(number, json.loads(told), at) for number, told, at in rows]


def _happened(number: int, told: dict[str, Any], at: datetime) -> Happened:
    about = [
        told.get("signatory", ""),
        f"to {told['to']}" if "to" in told else "",
        f"“{told['reason']}”" if told.get("reason") else "",
    ]
    return Happened(
        number, told["what"].capitalize(), told["who"], at, ", ".join(filter(None, about))
    )
