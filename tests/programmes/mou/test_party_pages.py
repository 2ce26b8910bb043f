"""The parties of an MOU and who speaks for them, whose a clause is, title and review date."""

import pytest

from programmes.actions.mou.stances import take_stance
from programmes.models import Party, StanceKind
from tests import builders
from tests.programmes.mou.agreeing import agreement
from tests.programmes.mou.test_pages import address, as_, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return agreement()


@pytest.fixture
def staff(client, agreed):
    return as_(client, agreed.staff)


def test_an_organisation_joins_and_somebody_speaks_for_it(staff, agreed):
    charity = builders.organisation("The charity")
    add = address("party_add", agreed.mou)
    assert "Select an organisation" in html(staff.post(add, {"joined_on": "20 November 2026"}))
    sent = {"organisation": charity.pk, "part": "Hears residents", "joined_on": "20 November 2026"}
    assert "The charity is a party now" in html(staff.post(add, sent, follow=True))
    assert "is a party already" in html(staff.post(add, sent))
    party = Party.objects.get(organisation=charity)
    partner = builders.grant(
        builders.person("Pat Partner"), builders.Role.PARTNER, agreed.mou.project.place
    )
    speaks = address("representative_add", agreed.mou, party.pk)
    stranger = builders.person("A Stranger")
    page = html(staff.get(speaks))
    assert "Pat Partner" in page
    assert "A Stranger" not in page
    assert "that is in the list" in html(staff.post(speaks, {"person": stranger.pk}))
    page = html(staff.post(speaks, {"person": partner.pk, "post": "Chair"}, follow=True))
    assert "Pat Partner, Chair" in page
    end = address("representative_end", agreed.mou, party.representatives.get().pk)
    assert "speak for The charity any more" in html(staff.post(end, follow=True))


def test_a_party_leaves_with_a_reason(staff, agreed):
    party = agreed.parties[0]
    leave = address("party_leave", agreed.mou, party.pk)
    assert "Enter the reason" in html(staff.post(leave, {"left_on": "1 January 2030"}))
    assert "cannot leave before it joined" in html(
        staff.post(leave, {"left_on": "1 January 2001", "reason": "Merged"})
    )
    page = html(staff.post(leave, {"left_on": "1 January 2030", "reason": "Merged"}, follow=True))
    assert "to 1 January 2030: Merged" in page
    assert staff.get(leave).status_code == 404


def test_a_party_changes_its_part(staff, agreed):
    edit = address("party_edit", agreed.mou, agreed.parties[0].pk)
    assert "Leads on damp" in html(staff.post(edit, {"part": "Leads on damp"}, follow=True))


def test_whose_a_clause_is(staff, agreed):
    whose = address("clause_concerns", agreed.mou, "challenge")
    clause = address("clause", agreed.mou, "challenge")
    assert "the consent of all parties" in html(staff.get(clause))
    page = html(staff.post(whose, {"parties": [agreed.parties[1].pk]}, follow=True))
    assert f"asks the consent of {agreed.parties[1]}" in page
    assert "checked" in html(staff.get(whose))


def test_nothing_is_arranged_while_it_is_out_to_be_signed(staff, agreed):
    agreed.send()
    sent = {"parties": [agreed.parties[1].pk]}
    page = html(staff.post(address("clause_concerns", agreed.mou, "challenge"), sent))
    assert "is out to be signed" in page
    page = html(staff.post(address("mou_edit", agreed.mou), {"title": "Another"}))
    assert "is out to be signed" in page


def test_title_and_review_date(staff, agreed):
    edit = address("mou_edit", agreed.mou)
    sent = {"title": "Dry homes", "review_on": "20 May 2027"}
    page = html(staff.post(edit, sent, follow=True))
    assert "Dry homes" in page
    assert "Next review on 20 May 2027" in page


def test_the_page_counts_the_stances_on_each_clause(staff, agreed):
    wording = agreed.version.clauses.get(clause__key="challenge").wording
    take_stance(
        wording=wording,
        party=agreed.parties[0],
        stance=StanceKind.CAN_LIVE_WITH_IT,
        words="",
        by=agreed.partners[0],
    )
    assert "1 can live with it, 2 have not said" in html(
        staff.get(address("mou", agreed.mou))
    ).replace("1 Can", "1 can")
