"""Reviews of an MOU and its end, on their pages."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import OutgoingMail
from programmes.actions.mou.asking import Reader
from programmes.actions.mou.beginning import change_mou
from programmes.actions.mou.commitments import commit
from programmes.actions.mou.states import change_version_state
from programmes.models import VersionState
from tests.programmes.mou.agreeing import agreement, signed
from tests.programmes.mou.test_pages import address, as_, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return agreement()


def day(days):
    return date_format(timezone.localdate() + timedelta(days=days))


def test_the_day_is_set_and_moved(client, agreed):
    enabler = as_(client, agreed.enabler)
    plan = address("review_plan", agreed.mou)
    assert "Set a day" in html(enabler.get(address("mou_reviews", agreed.mou)))
    assert "Enter the day of the next review" in html(enabler.post(plan, {"review_on": ""}))
    page = html(enabler.post(plan, {"review_on": day(-1)}))
    assert "Enter a day that is still to come" in page
    assert day(-1) in page  # kept
    page = html(enabler.post(plan, {"review_on": day(90)}, follow=True))
    assert f"Next review on {day(90)}" in page
    assert "Move the next review" in page


def test_what_is_late_says_so_on_the_mou(client, agreed):
    late = timezone.localdate() - timedelta(days=3)
    change_mou(mou=agreed.mou, title="MOU", review_on=late, by=agreed.staff)
    page = html(as_(client, agreed.partners[0]).get(address("mou", agreed.mou)))
    assert "3 days ago" in page
    assert address("mou_reviews", agreed.mou) in page


def test_a_meeting_is_recorded_for_all_partners_to_read(client, agreed):
    staff = as_(client, agreed.staff)
    record = address("review_record", agreed.mou)
    sent = {"held_on": day(1), "came": "Pat, the council", "outcome": "Kept", "next_on": day(180)}
    assert "Record the review once it was held" in html(staff.post(record, sent))
    page = html(staff.post(record, sent | {"held_on": day(0), "came": ""}))
    assert "Enter the names of those who came" in page
    html(staff.post(record, sent | {"held_on": day(0)}, follow=True))
    page = html(as_(client, agreed.partners[1]).get(address("mou_reviews", agreed.mou)))
    for shown in ("Pat, the council", "Kept", f"Next review on {day(180)}"):
        assert shown in page
    assert record not in page


def test_the_day_stays_while_it_is_out_to_be_signed(client, agreed):
    agreed.send()
    staff = as_(client, agreed.staff)
    page = html(staff.post(address("review_plan", agreed.mou), {"review_on": day(9)}))
    assert "is out to be signed" in page
    end = address("mou_end", agreed.mou)
    assert "give it up first" in html(staff.get(end))
    assert "is out to be signed" in html(staff.post(end, {"reason": "Done"}))


def test_an_mou_ends_for_a_reason_and_all_are_told_once(client, agreed):
    agreed.send(readers=[Reader("Rita Reader", "rita@example.org")])
    for place in (1, 2, 3):
        signed(agreed.signatory(place))
    change_version_state(version=agreed.version, to=VersionState.SEALED, by=None)
    commit(party=agreed.parties[0], what="Share", due_on=None, seen_by="", by=agreed.partners[0])
    OutgoingMail.objects.all().delete()
    staff = as_(client, agreed.staff)
    end = address("mou_end", agreed.mou)
    page = html(staff.get(end))
    for said in ("1 commitment is still to be done. It stays", "Version 1 stays as it was signed"):
        assert said in page
    assert "Enter the reason why it ends" in html(staff.post(end, {"reason": ""}))
    page = html(staff.post(end, {"reason": "The work is done"}, follow=True))
    assert "The work is done" in page
    told = OutgoingMail.objects.values_list("to", flat=True)
    asked = [f"signer{place}@example.org" for place in (1, 2, 3)]
    people = [partner.email for partner in agreed.partners]
    assert sorted(told) == sorted([*asked, *people, "rita@example.org"])
    assert all("The work is done" in mail.text for mail in OutgoingMail.objects.all())
    assert "It ended on" in html(staff.get(end))
    assert "has ended" in html(staff.post(end, {"reason": "Again"}))


def test_after_the_end_nothing_is_written_or_met_over(client, agreed):
    staff = as_(client, agreed.staff)
    assert "not written any further" in html(staff.get(address("mou_end", agreed.mou)))
    staff.post(address("mou_end", agreed.mou), {"reason": "The work is done"})
    page = html(staff.get(address("mou", agreed.mou)))
    assert ">Ended<" in page
    for gone in ("Propose", "Send version", "Change title"):
        assert gone not in page
    assert "Ended." in html(staff.get(address("mou_panel", agreed.mou)))
    assert "Propose" not in html(staff.get(address("clause", agreed.mou, "challenge")))
    assert "Add a party" not in html(staff.get(address("mou_parties", agreed.mou)))
    sent = {"title": "Another", "review_on": ""}
    assert "This MOU has ended" in html(staff.post(address("mou_edit", agreed.mou), sent))
    leave = address("party_leave", agreed.mou, agreed.parties[0].pk)
    assert "This MOU has ended" in html(staff.post(leave, {"left_on": day(0), "reason": "Gone"}))
    sent = {"held_on": day(0), "came": "All", "outcome": "Kept", "next_on": day(9)}
    page = html(staff.post(address("review_record", agreed.mou), sent))
    assert "This MOU has ended" in page
    assert "Record a review" not in html(staff.get(address("mou_reviews", agreed.mou)))
    assert "This MOU has ended" in html(
        staff.post(address("clause_propose", agreed.mou), {"heading": "New", "text": "Words"})
    )
