"""Signing an MOU: who may, with what proof, and what no one can do."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction
from django.utils import timezone

from accounts.models import OutgoingMail
from programmes.actions.mou.asking import Asked, remind
from programmes.actions.mou.chain import broken_at
from programmes.actions.mou.codes import CODES, TRIES, send_code
from programmes.actions.mou.outstanding import expire_signings, extend, stop_reminders, void
from programmes.actions.mou.retention import forget_codes, forget_traces
from programmes.actions.mou.sending import send_to_sign
from programmes.actions.mou.signing import (
    ask_for_paper,
    decline,
    hand_over,
    open_link,
)
from programmes.actions.mou.wordings import propose_wording, take_in
from programmes.models import (
    Method,
    SignatoryState,
    Signature,
    SigningEvent,
    SigningRule,
    VersionClause,
    VersionState,
)
from programmes.mou_text import digest, read
from tests.programmes.mou.agreeing import SITE, Agreement, agreement, code_for, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> Agreement:
    return agreement()


@pytest.fixture
def sent() -> Agreement:
    made = agreement()
    made.send()
    return made


def state_of(made: Agreement) -> str:
    return made.version.state


def chain_of(made: Agreement) -> list[dict[str, str]]:
    return list(made.signing.events.values("told", "previous_sha256", "sha256").order_by("number"))


def test_what_is_sent_is_fixed(sent: Agreement) -> None:
    signing = sent.signing
    assert digest(signing.text) == signing.text_sha256
    text = read(signing.text)
    assert [clause["number"] for clause in text["clauses"]] == list(range(1, 12))
    assert {party["part"] for party in text["parties"]} == {"Part 1", "Part 2", "Part 3"}
    with pytest.raises(ProgrammingError), transaction.atomic():
        VersionClause.objects.filter(version=sent.version).update(number=99)
    with pytest.raises(ProgrammingError), transaction.atomic():
        type(signing).objects.filter(pk=signing.pk).update(text="{}")


def test_every_party_needs_a_signatory(agreed: Agreement) -> None:
    first = agreed.parties[0]
    with pytest.raises(ValidationError, match=f"Say who signs for {agreed.parties[1]}, "):
        agreed.send(SigningRule.EACH, Asked(first, "Jo", "Director", "jo@example.org"))
    assert state_of(agreed) == VersionState.DRAFT


def test_what_is_proposed_is_settled_first(agreed: Agreement) -> None:
    propose_wording(mou=agreed.mou, heading="New", text="Words", by=agreed.staff)
    with pytest.raises(ValidationError, match="Take in or decline"):
        agreed.send()


def test_what_the_template_leaves_open_is_filled_in_first(agreed: Agreement) -> None:
    clause = agreed.clause("purpose")
    for text, is_open in (
        ("We want [what].", True),
        ("See [our plan](https://example.org).", False),
    ):
        wording = propose_wording(
            mou=agreed.mou, clause=clause, heading="Purpose", text=text, by=agreed.staff
        )
        take_in(wording=wording, by=agreed.staff)
        if is_open:
            with pytest.raises(ValidationError, match=r"square brackets\]: clause 2\."):
                agreed.send()
    assert agreed.send()


def test_only_staff_send(agreed: Agreement) -> None:
    asked = [Asked(party, "Jo", "", f"j{party.pk}@example.org") for party in agreed.parties]
    for person in (agreed.enabler, agreed.partners[0]):
        with pytest.raises(PermissionDenied):
            send_to_sign(
                version=agreed.version,
                signatories=asked,
                expires_at=timezone.now() + timedelta(days=1),
                by=person,
                site=SITE,
            )


def test_each_gets_a_link_of_their_own(sent: Agreement) -> None:
    mails = OutgoingMail.objects.filter(subject__startswith="Please sign")
    assert mails.count() == 3
    assert len({mail.text.partition("https://")[2] for mail in mails}) == 3


def test_all_sign_and_the_chain_holds(sent: Agreement) -> None:
    for place in (1, 2, 3):
        assert state_of(sent) == VersionState.SENT
        signed(sent.signatory(place))
    assert state_of(sent) == VersionState.SIGNED
    events = chain_of(sent)
    assert broken_at(events) is None
    assert '"what":"all have signed"' in events[-1]["told"]


def test_a_changed_event_breaks_the_chain(sent: Agreement) -> None:
    signed(sent.signatory())
    events = chain_of(sent)
    events[1] = {**events[1], "told": events[1]["told"].replace("Signer 1", "Signer 9")}
    assert broken_at(events) == 2
    assert broken_at(events[1:]) == 1


def test_the_database_refuses_an_event_that_does_not_continue_the_chain(sent: Agreement) -> None:
    for wrong in (
        {"number": 5, "previous_sha256": sent.signing.events.get().sha256},
        {"number": 2, "previous_sha256": "0" * 64},
        {"number": 2, "previous_sha256": sent.signing.events.get().sha256, "sha256": "0" * 64},
    ):
        row = {"told": "{}", "sha256": digest(str(wrong["previous_sha256"]) + "{}"), **wrong}
        with pytest.raises(ProgrammingError, match="event of a signing"), transaction.atomic():
            SigningEvent.objects.create(signing=sent.signing, happened_at=timezone.now(), **row)


def test_any_one_of_several_is_enough(agreed: Agreement) -> None:
    asked = [
        Asked(party, f"{letter}{party.pk}", "", f"{letter}{party.pk}@example.org", SigningRule.ANY)
        for party in agreed.parties
        for letter in "ab"
    ]
    agreed.send(SigningRule.ANY, *asked)
    decline(signatory=agreed.signatory(1), reason="Not me")
    for place in (2, 3, 5):
        signed(agreed.signatory(place))
    assert state_of(agreed) == VersionState.SIGNED
    assert agreed.signatory(1).state == SignatoryState.NOT_NEEDED
    assert agreed.signatory(4).state == SignatoryState.NOT_NEEDED


def test_a_signature_keeps_what_was_said(sent: Agreement) -> None:
    signature = signed(sent.signatory(), typed_name=" Jo  Bloggs ")
    assert signature.typed_name == "Jo  Bloggs"
    assert signature.method == Method.CODE
    assert signature.trace.address == "192.0.2.7"
    with pytest.raises(ProgrammingError), transaction.atomic():
        Signature.objects.update(typed_name="Somebody else")


def test_nobody_signs_twice(sent: Agreement) -> None:
    signed(sent.signatory())
    with pytest.raises(ValidationError, match="has signed already"):
        signed(sent.signatory())


@pytest.mark.parametrize("code", ["", "12345", "١٢٣٤٥٦", "nonsense", "000000000000"])
def test_a_wrong_code_does_not_sign(sent: Agreement, code: str) -> None:
    send_code(sent.signatory())
    with pytest.raises(ValidationError) as refusal:
        signed(sent.signatory(), code or " ")
    assert "code" in refusal.value.message_dict
    assert not Signature.objects.exists()


def test_a_code_is_of_use_for_a_few_tries(sent: Agreement) -> None:
    signatory = sent.signatory()
    right = code_for(signatory)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(TRIES):
        with pytest.raises(ValidationError, match="not the code"):
            signed(signatory, wrong)
    with pytest.raises(ValidationError, match="tried too often"):
        signed(signatory, right)


def test_a_code_is_of_use_for_ten_minutes(sent: Agreement) -> None:
    signatory = sent.signatory()
    code = code_for(signatory)
    signatory.codes.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError, match="more than ten minutes old"):
        signed(signatory, code)


def test_a_code_is_of_use_to_its_signatory_alone(sent: Agreement) -> None:
    code = code_for(sent.signatory(1))
    with pytest.raises(ValidationError, match="Ask for a code first"):
        signed(sent.signatory(2), code)
    send_code(sent.signatory(2))
    with pytest.raises(ValidationError, match="not the code"):
        signed(sent.signatory(2), code)


def test_an_earlier_code_is_of_no_use(sent: Agreement) -> None:
    signatory = sent.signatory()
    earlier, later = code_for(signatory), code_for(signatory)
    if earlier != later:
        with pytest.raises(ValidationError, match="not the code"):
            signed(signatory, earlier)
    signed(signatory, f"{later[:3]} {later[3:]}")


def test_codes_are_not_sent_without_end(sent: Agreement) -> None:
    for _ in range(CODES):
        send_code(sent.signatory())
    with pytest.raises(ValidationError, match="five codes within an hour"):
        send_code(sent.signatory())


def test_another_text_is_not_signed(sent: Agreement) -> None:
    with pytest.raises(ValidationError, match="not what is to be signed"):
        signed(sent.signatory(), text_sha256="0" * 64)


def test_the_code_itself_is_not_kept(sent: Agreement) -> None:
    code = code_for(sent.signatory())
    assert code not in str(sent.signatory().codes.values())


def test_one_declines_with_a_reason_and_thinks_again(sent: Agreement) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        decline(signatory=sent.signatory(), reason=" ")
    decline(signatory=sent.signatory(), reason="Not agreed by our board")
    for place in (2, 3):
        signed(sent.signatory(place))
    assert state_of(sent) == VersionState.SENT
    signed(sent.signatory())
    assert state_of(sent) == VersionState.SIGNED


def test_it_is_handed_over_to_the_right_officer(sent: Agreement) -> None:
    successor = hand_over(
        signatory=sent.signatory(),
        name="Rita Right",
        post="Chief executive",
        email="Rita@Example.org",
        reason="She signs for us",
    )
    assert (successor.email, successor.party) == ("rita@example.org", sent.parties[0])
    with pytest.raises(ValidationError, match="handed this over"):
        signed(sent.signatory(1))
    for place in (2, 3, 4):
        signed(sent.signatory(place))
    assert state_of(sent) == VersionState.SIGNED


def test_it_is_not_handed_over_to_one_who_was_asked(sent: Agreement) -> None:
    with pytest.raises(ValidationError, match="was asked to sign"):
        hand_over(
            signatory=sent.signatory(),
            name="Me",
            post="",
            email="SIGNER1@example.org",
            reason="Twice",
        )


def test_opening_is_noted_once(sent: Agreement) -> None:
    open_link(sent.signatory())
    open_link(sent.signatory())
    assert sent.signatory().state == SignatoryState.OPENED
    assert sum('"what":"opened"' in event["told"] for event in chain_of(sent)) == 1


def test_who_asked_for_paper_may_still_sign_here(sent: Agreement) -> None:
    ask_for_paper(signatory=sent.signatory())
    signed(sent.signatory())
    assert sent.signatory().state == SignatoryState.SIGNED


def test_voided_with_a_reason_that_everybody_reads(sent: Agreement) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        void(signing=sent.signing, reason="", by=sent.staff)
    void(signing=sent.signing, reason="The council pulled out", by=sent.staff)
    told = OutgoingMail.objects.filter(subject__startswith="Not to be signed")
    assert told.count() == 3
    assert all("The council pulled out" in mail.text for mail in told)
    with pytest.raises(ValidationError, match="given up"):
        signed(sent.signatory())


def test_it_expires_and_can_be_extended_before(sent: Agreement) -> None:
    extend(signing=sent.signing, expires_at=timezone.now() + timedelta(days=30), by=sent.staff)
    assert expire_signings() == 0
    type(sent.signing).objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError, match="time to sign is over"):
        signed(sent.signatory())
    assert (expire_signings(), expire_signings()) == (1, 0)
    assert state_of(sent) == VersionState.EXPIRED
    with pytest.raises(ValidationError, match="no longer out"):
        extend(signing=sent.signing, expires_at=timezone.now() + timedelta(days=1), by=sent.staff)


def test_who_may_still_sign_hears_of_more_time(sent: Agreement) -> None:
    signed(sent.signatory(1))
    decline(signatory=sent.signatory(2), reason="Our board has not met")
    later = timezone.now() + timedelta(days=30)
    extend(signing=sent.signing, expires_at=later, by=sent.staff)
    told = OutgoingMail.objects.filter(subject__startswith="More time to sign").order_by("to")
    assert [mail.to for mail in told] == ["signer2@example.org", "signer3@example.org"]
    assert all(f"until {timezone.localtime(later):%-d %B %Y}" in mail.text for mail in told)


def test_a_reminder_brings_a_new_link(sent: Agreement) -> None:
    before = sent.signatory().token_sha256
    remind(signatory=sent.signatory(), by=sent.staff)
    assert sent.signatory().token_sha256 != before
    signed(sent.signatory())
    with pytest.raises(ValidationError, match="need not be reminded"):
        remind(signatory=sent.signatory(), by=sent.staff)


def test_a_second_press_of_the_button_writes_no_second_time(sent: Agreement) -> None:
    remind(signatory=sent.signatory(), by=sent.staff)
    written = OutgoingMail.objects.count()
    with pytest.raises(ValidationError, match="a moment ago"):
        remind(signatory=sent.signatory(), by=sent.staff)
    assert OutgoingMail.objects.count() == written


def test_reminders_stop(sent: Agreement) -> None:
    assert stop_reminders(signing=sent.signing, stop=True, by=sent.staff).reminders_stop
    with pytest.raises(PermissionDenied):
        stop_reminders(signing=sent.signing, stop=False, by=sent.enabler)


def test_from_where_somebody_signed_is_forgotten(sent: Agreement) -> None:
    signature = signed(sent.signatory())
    assert forget_traces() == 0
    type(signature.trace).objects.update(kept_until=timezone.now() - timedelta(days=1))
    assert forget_traces() == 1
    assert Signature.objects.filter(pk=signature.pk).exists()


def test_that_a_code_was_sent_is_forgotten(sent: Agreement) -> None:
    send_code(sent.signatory())
    assert forget_codes() == 0
    sent.signatory().codes.update(sent_at=timezone.now() - timedelta(days=3))
    assert forget_codes() == 1
