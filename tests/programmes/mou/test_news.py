"""What partners are written to while they write an MOU: one mail each, once it has been quiet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from programmes.actions.mou.news import LONGEST, QUIET, tell_news
from programmes.actions.mou.parties import add_representative, join, leave
from programmes.actions.mou.wordings import (
    decline_wording,
    propose_wording,
    take_in,
    withdraw_wording,
)
from programmes.models import MOU, Party, Wording
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> Agreement:
    made = agreement()
    MOU.objects.update(site="https://example.org/")
    return made


def propose(of: Agreement, party: int, heading: str) -> Wording:
    return propose_wording(
        mou=of.mou,
        heading=heading,
        text="Words.",
        by=of.partners[party],
        party=of.parties[party],
    )


def after(quiet: timedelta) -> int:
    """As if nothing had happened for so long."""
    now = timezone.now()
    MOU.objects.exclude(news_until=None).update(
        news_until=now - quiet - timedelta(seconds=1), news_since=now - quiet - timedelta(seconds=1)
    )
    return tell_news()


def told(person: Person) -> list[str]:
    mails = OutgoingMail.objects.filter(to=person.email, subject__startswith="What is new")
    return list(mails.order_by("pk").values_list("text", flat=True))


def test_others_read_of_all_proposals_in_one_mail(agreed: Agreement) -> None:
    propose(agreed, 0, "Residents")
    propose(agreed, 0, "Money")
    propose(agreed, 1, "Data")
    assert tell_news() == 0  # they may be at it still
    assert after(QUIET) == 3
    own, other, third = (told(partner) for partner in agreed.partners)
    assert [len(each) for each in (own, other, third)] == [1, 1, 1]
    assert "“Residents”, by" in third[0]
    assert f"“Money”, by {agreed.partners[0]}, {agreed.parties[0]}" in third[0]
    assert "Data" in third[0]
    assert "Data" in own[0]
    assert "Residents" not in own[0]
    assert "Data" not in other[0]
    assert f"https://example.org{agreed.mou.get_absolute_url()}" in third[0]
    assert after(QUIET) == 0
    assert "\n\n\n" not in third[0]


def test_however_busy_the_others_are_nobody_waits_longer_than_some_hours(agreed: Agreement) -> None:
    propose(agreed, 0, "Residents")
    MOU.objects.update(news_since=timezone.now() - LONGEST - timedelta(seconds=1))
    assert tell_news() == 2


def test_what_was_withdrawn_meanwhile_is_nobodys_news(agreed: Agreement) -> None:
    withdraw_wording(wording=propose(agreed, 0, "Residents"), by=agreed.partners[0])
    assert after(QUIET) == 0


def test_one_hears_what_became_of_ones_proposals(agreed: Agreement) -> None:
    take_in(wording=propose(agreed, 0, "Residents"), by=agreed.enabler)
    decline_wording(wording=propose(agreed, 0, "Money"), reason="We have none", by=agreed.enabler)
    assert after(QUIET) == 1
    [mail] = told(agreed.partners[0])
    assert "“Residents”: taken in" in mail
    assert "“Money”: not taken in, because: We have none" in mail


def test_all_hear_who_joins_and_leaves(agreed: Agreement) -> None:
    today = timezone.localdate()
    joins = join(
        mou=agreed.mou,
        organisation=builders.organisation("Damp Watch"),
        part="",
        joined_on=today,
        by=agreed.staff,
    )
    leave(party=agreed.parties[2], left_on=today, reason="No staff", by=agreed.staff)
    assert after(QUIET) == 2
    [mail] = told(agreed.partners[0])
    assert f"{joins} has joined" in mail
    assert f"{agreed.parties[2]} has left, because: No staff" in mail
    own = OutgoingMail.objects.get(to=agreed.partners[2].email, subject__contains="leaves")
    assert "No staff" in own.text
    assert told(agreed.partners[2]) == []


def test_who_speaks_for_two_parties_gets_one_mail(agreed: Agreement) -> None:
    person = agreed.partners[1]
    third: Party = agreed.parties[2]
    add_representative(party=third, person=person, post="Chair", by=agreed.staff)
    propose(agreed, 0, "Residents")
    after(QUIET)
    assert len(told(person)) == 1


def test_those_who_left_their_post_or_placework_get_none(agreed: Agreement) -> None:
    Person.objects.filter(pk=agreed.partners[1].pk).update(is_active=False)
    propose(agreed, 0, "Residents")
    assert after(QUIET) == 1


def test_it_asks_as_much_of_the_database_for_many_proposals(
    agreed: Agreement,
) -> None:
    def queries(proposals: int) -> int:
        for number in range(proposals):
            propose(agreed, 0, f"Clause {number} of {proposals}")
        with CaptureQueriesContext(connection) as found:
            after(QUIET)
        return len(found)

    assert queries(1) == queries(5)
