"""What somebody does who was asked to sign: open, sign, decline, hand over, ask for paper.

They come by a link whose secret is theirs, and need no account. Signing needs the code that was sent
to their address on top, so a link that was passed on cannot sign.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import SYSTEM
from accounts.models import Person
from accounts.queries.second_factor import address_has_second_factor
from programmes.actions.mou.asking import Asked, ask
from programmes.actions.mou.chain import tell
from programmes.actions.mou.codes import spend_try
from programmes.actions.mou.links import signing_address
from programmes.actions.mou.mails import write
from programmes.actions.mou.sealing import ask_to_seal
from programmes.actions.mou.states import (
    change_signatory_state,
    change_version_state,
    locked_signatory,
    locked_version,
)
from programmes.models import (
    Authority,
    Method,
    MOUVersion,
    Signatory,
    SignatoryState,
    Signature,
    SignatureTrace,
    Signing,
    SigningCode,
    SigningRule,
    VersionState,
)
from programmes.mou_states import WAITING, Actor

TRACE_KEPT = timedelta(days=365)
SECOND_FACTOR = "You have set up a second step to sign in to Placework. Sign in with it first"
# What only says something with words beside it: which minute, whose decision, what else.
ASKS_WORDS = {
    Authority.MINUTE: "Say which minute: of which meeting, on which day",
    Authority.MANAGER: "Say who agreed: their name and job title",
    Authority.OTHER: "Say on what basis you sign",
}
OVER = {
    VersionState.SIGNED: "Everybody has signed: there is nothing more to do.",
    VersionState.SEALED: "Everybody has signed, and it is sealed: there is nothing more to do.",
    VersionState.SUPERSEDED: "A later version has taken its place.",
    VersionState.VOID: "It was given up before everybody had signed: there is nothing to do.",
    VersionState.EXPIRED: "The time to sign is over. Ask programme staff to send it again.",
}


@dataclass(frozen=True)
class Said:
    """What somebody said when they signed, in the words as they were shown."""

    typed_name: str
    post: str
    authority: Authority
    authority_words: str
    consent: str
    statement: str
    words_version: str
    text_sha256: str  # of the text that the page showed


@dataclass(frozen=True)
class Trace:
    """From where it came, as far as is known."""

    address: str | None = None
    agent: str = ""


def open_link(signatory: Signatory) -> Signatory:
    """Note, the first time, that they went on from their link to the text."""
    if (
        signatory.state != SignatoryState.ASKED
        or signatory.signing.version.state != VersionState.SENT
    ):
        return signatory
    with transaction.atomic():
        _held(signatory.signing)
        current = locked_signatory(signatory)
        if current.state != SignatoryState.ASKED:
            return current
        current = change_signatory_state(
            signatory=current, to=SignatoryState.OPENED, as_=Actor.SIGNATORY
        )
        tell(current.signing, "opened", who=current.name)
    return current


def sign(
    *,
    signatory: Signatory,
    code: str,
    said: Said,
    trace: Trace,
    has_second_factor: bool = False,
) -> Signature:
    """Sign with the code that was sent, and with the second factor of whoever has set one up.

    Raises ValidationError with what to do beside its field.
    """
    if not has_second_factor and address_has_second_factor(signatory.email):
        raise ValidationError(SECOND_FACTOR)
    tried = spend_try(signatory, code)
    if isinstance(tried, str):
        raise ValidationError({"code": tried})
    method = Method.CODE_AND_SECOND if has_second_factor else Method.CODE
    return _sign(signatory, tried, said, trace, method)


@transaction.atomic
def _sign(
    signatory: Signatory, code: SigningCode, said: Said, trace: Trace, method: Method
) -> Signature:
    version = open_version(signatory.signing)
    current = locked_signatory(signatory)
    if not current.signing.text_sha256 == said.text_sha256 == code.text_sha256:
        raise ValidationError(
            "What you were shown is not what is to be signed: open your link again."
        )
    if not said.typed_name.strip():
        raise ValidationError({"typed_name": "Type your full name"})
    if said.authority in ASKS_WORDS and not said.authority_words.strip():
        raise ValidationError({"authority_words": ASKS_WORDS[said.authority]})
    change_signatory_state(signatory=current, to=SignatoryState.SIGNED, as_=Actor.SIGNATORY)
    SigningCode.objects.filter(pk=code.pk, used_at=None).update(used_at=timezone.now())
    signature = Signature.objects.create(
        signatory=current,
        typed_name=said.typed_name.strip(),
        post=said.post.strip(),
        authority=said.authority,
        authority_words=said.authority_words.strip(),
        consent=said.consent,
        statement=said.statement,
        words_version=said.words_version,
        text_sha256=said.text_sha256,
        method=method,
        signed_at=timezone.now(),
    )
    SignatureTrace.objects.create(
        signature=signature,
        address=trace.address,
        agent=trace.agent[:300],
        kept_until=signature.signed_at + TRACE_KEPT,
    )
    after_signature(version, current, signature)
    return signature


def after_signature(version: MOUVersion, signatory: Signatory, signature: Signature) -> None:
    """Continue the trail, spare colleagues who need not sign any more, and note the last signature.

    Inside the transaction of the signature, with the version held.
    """
    tell(
        signatory.signing,
        "signed",
        who=signatory.name,
        at=signature.signed_at,
        party=str(signatory.party),
        typed_name=signature.typed_name,
        post=signature.post,
        authority=signature.authority,
        authority_words=signature.authority_words,
        consent=signature.consent,
        statement=signature.statement,
        words_version=signature.words_version,
        text_sha256=signature.text_sha256,
        method=signature.method,
        file_sha256=signature.file_sha256,
    )
    if signatory.rule == SigningRule.ANY:
        _spare_colleagues(signatory)
    if all_have_signed(signatory.signing):
        change_version_state(version=version, to=VersionState.SIGNED, by=None)
        tell(signatory.signing, "all have signed", who=SYSTEM)
        ask_to_seal(version)


def all_have_signed(signing: Signing) -> bool:
    """Of each party: everybody who was not replaced, or any one, as its rule says."""
    of_party: dict[int, list[Signatory]] = {}
    for each in signing.signatories.exclude(state=SignatoryState.HANDED_OVER):
        of_party.setdefault(each.party_id, []).append(each)
    return bool(of_party) and all(_is_signed(each) for each in of_party.values())


def _is_signed(signatories: list[Signatory]) -> bool:
    signed = [each.state == SignatoryState.SIGNED for each in signatories]
    return any(signed) if signatories[0].rule == SigningRule.ANY else all(signed)


@transaction.atomic
def decline(*, signatory: Signatory, reason: str) -> Signatory:
    """Not to sign, and why. They may still sign as long as it is out."""
    open_version(signatory.signing)
    current = change_signatory_state(
        signatory=signatory, to=SignatoryState.DECLINED, as_=Actor.SIGNATORY, reason=reason
    )
    tell(current.signing, "declined", who=current.name, reason=reason.strip())
    _tell_sender(current, "declined", reason=reason.strip())
    _confirm(current, "declined")
    return current


@transaction.atomic
def ask_for_paper(*, signatory: Signatory) -> Signatory:
    open_version(signatory.signing)
    current = change_signatory_state(
        signatory=signatory, to=SignatoryState.PAPER, as_=Actor.SIGNATORY
    )
    tell(current.signing, "asked for paper", who=current.name)
    _tell_sender(current, "asks_for_paper")
    return current


@transaction.atomic
def hand_over(
    *,
    signatory: Signatory,
    name: str,
    post: str,
    email: str,
    reason: str,
    by: Person | None = None,
) -> Signatory:
    """To the right officer of the same party. `by` is staff; without it, the signatory does it, who
    has shown that the address is theirs (`hand_over_by_code`).
    """
    open_version(signatory.signing)
    email = email.strip().lower()
    if signatory.signing.signatories.filter(party=signatory.party_id, email=email).exists():
        raise ValidationError({"email": f"{email} was asked to sign for this party already"})
    current = change_signatory_state(
        signatory=signatory,
        to=SignatoryState.HANDED_OVER,
        as_=Actor.STAFF if by else Actor.SIGNATORY,
        by=by,
        reason=reason,
    )
    asked = Asked(current.party, name.strip(), post.strip(), email, SigningRule(current.rule))
    successor = ask(current.signing, asked)
    current.handed_over_to = successor
    current.save(update_fields=["handed_over_to"])
    tell(
        current.signing,
        "handed over",
        who=str(by) if by else current.name,
        signatory=current.name,
        to=successor.name,
        post=successor.post,
        reason=reason.strip(),
    )
    _confirm(current, "handed_over", by=by, successor=successor)
    if by is None:
        _tell_sender(current, "handed_over", successor=successor)
    return successor


def hand_over_by_code(
    *,
    signatory: Signatory,
    code: str,
    name: str,
    post: str,
    email: str,
    reason: str,
    has_second_factor: bool = False,
) -> Signatory:
    """As `hand_over`, with all that signing asks for: whoever was passed the link names nobody else."""
    if not has_second_factor and address_has_second_factor(signatory.email):
        raise ValidationError(SECOND_FACTOR)
    tried = spend_try(signatory, code)
    if isinstance(tried, str):
        raise ValidationError({"code": tried})
    with transaction.atomic():
        successor = hand_over(signatory=signatory, name=name, post=post, email=email, reason=reason)
        SigningCode.objects.filter(pk=tried.pk, used_at=None).update(used_at=timezone.now())
    return successor


def _tell_sender(signatory: Signatory, what: str, **context: Any) -> None:
    """Whoever sent it hears at once what stands in its way."""
    signing = signatory.signing
    if signing.sent_by is None or not signing.sent_by.is_active:
        return
    write(
        signing.sent_by.email,
        f"{signatory.name}: {signing.version.mou}",
        "waits",
        what=what,
        signatory=signatory,
        signing=signing,
        address=signing_address(signing.site, signing.version),
        **context,
    )


def _confirm(signatory: Signatory, what: str, **context: Any) -> None:
    """To their own address, in case that it was not they who did it."""
    write(
        signatory.email,
        f"You were asked to sign: {signatory.signing.version.mou}",
        "confirm",
        what=what,
        signatory=signatory,
        signing=signatory.signing,
        **context,
    )


def _spare_colleagues(signatory: Signatory) -> None:
    colleagues = signatory.signing.signatories.filter(
        party=signatory.party_id, state__in=[*WAITING, SignatoryState.DECLINED]
    )
    for colleague in colleagues.exclude(pk=signatory.pk).order_by("pk"):
        change_signatory_state(
            signatory=colleague, to=SignatoryState.NOT_NEEDED, as_=Actor.PLACEWORK
        )
        tell(signatory.signing, "not needed any more", who=SYSTEM, signatory=colleague.name)


def _held(signing: Signing) -> MOUVersion:
    """The version, held: two who sign at once come one after the other."""
    return locked_version(signing.version)


def open_version(signing: Signing) -> MOUVersion:
    """The version, held, if it is out to be signed; else a ValidationError that says what it is."""
    version = _held(signing)
    if version.state != VersionState.SENT:
        state = VersionState(version.state)
        raise ValidationError(OVER.get(state, "It is not out to be signed."))
    if Signing.objects.get(pk=signing.pk).expires_at < timezone.now():
        raise ValidationError(OVER[VersionState.EXPIRED])
    return version
