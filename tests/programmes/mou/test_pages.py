"""The MOU's page, and how it is begun."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from places.models import Partnership
from programmes.actions.mou.parties import add_representative, join
from programmes.models import MOU
from tests import builders
from tests.programmes.mou.agreeing import agreement

pytestmark = pytest.mark.django_db


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def address(name, mou, *args):
    project = mou.project
    return reverse(f"programmes:{name}", args=[project.programme.slug, project.slug, *args])


@pytest.fixture
def agreed():
    return agreement()


def test_it_is_begun_from_the_projects_page(client):
    project = builders.project()
    council = builders.organisation("The council")
    Partnership.objects.create(place=project.place, organisation=council)
    client.force_login(builders.staff(project.programme))
    where = [project.programme.slug, project.slug]
    assert "Begin the MOU" in html(client.get(reverse("programmes:mou_panel", args=where)))
    begin = reverse("programmes:mou_begin", args=where)
    assert "The council" in html(client.get(begin))
    page = html(client.post(begin, {"title": "Dry homes"}, follow=True))
    for shown in ("Dry homes", "1. The challenge", "Being written", "The council"):
        assert shown in page
    assert "begun already" in html(client.post(begin, {}))
    assert MOU.objects.count() == 1
    assert "Dry homes" in html(client.get(reverse("programmes:mou_panel", args=where)))


def test_what_is_to_be_filled_in_stands_first(client):
    project = builders.project()
    staff = builders.staff(project.programme)
    client.force_login(staff)
    where = [project.programme.slug, project.slug]
    client.post(reverse("programmes:mou_begin", args=where), {"title": ""})
    page = html(client.get(reverse("programmes:mou", args=where)))
    assert page.index("square brackets") < page.index("1. The challenge")


def test_those_of_the_programme_who_do_not_belong_to_it_read_that_there_is_one(client, agreed):
    panel_member = builders.grant(
        builders.person(), builders.Role.PANEL_MEMBER, agreed.mou.project.programme
    )
    client.force_login(panel_member)
    page = html(client.get(address("mou_panel", agreed.mou)))
    assert "There is one" in page
    assert client.get(address("mou", agreed.mou)).status_code == 404


def as_(client, person):
    client.force_login(person)
    return client


def proposed(client, agreed, place=0, **values):
    """By the partner at `place`, of the clause on the challenge; where the reader is led."""
    standing = agreed.version.clauses.get(clause__key="challenge").wording
    sent = {"heading": "The challenge", "text": "Damp homes.", "based_on": standing.pk, **values}
    as_(client, agreed.partners[place])
    return client.post(address("wording_propose", agreed.mou, "challenge"), sent, follow=True)


def test_a_partner_proposes_and_another_says_how_they_stand_in_two_steps(client, agreed):
    page = html(proposed(client, agreed, reason="Plainer"))
    for shown in ("[would be added: ", "Damp", "Withdraw the proposal", "Why: Plainer"):
        assert shown in page
    home = html(as_(client, agreed.partners[1]).get(address("mou", agreed.mou)))
    assert "1 proposal waits for your stance" in home
    assert home.index("What needs you") < home.index("1. The challenge")
    stance = address("stance_take", agreed.mou, "challenge", 2)
    assert stance in home
    refused = html(client.post(stance, {"stance": "cannot"}))
    assert "Say what you would change, or why you cannot" in refused
    page = html(client.post(stance, {"stance": "cannot", "words": "Not ours"}, follow=True))
    assert "Saved. No other proposal waits for you" in page
    page = html(client.get(address("clause", agreed.mou, "challenge")))
    assert "<strong>Cannot</strong>: Not ours" in page
    assert "<strong>Can live with it</strong>" in page  # whoever proposed it
    assert (
        page.count("Has not said") == 4
    )  # the third party of both, the others of the standing one


def test_after_a_stance_comes_the_next_proposal(client, agreed):
    proposed(client, agreed)
    proposed(client, agreed, 2, text="Cold homes.")
    as_(client, agreed.partners[1])
    first = address("stance_take", agreed.mou, "challenge", 2)
    assert "1 other proposal waits for you" in html(client.get(first))
    answer = client.post(first, {"stance": "can_live_with_it"})
    assert answer.url == address("stance_take", agreed.mou, "challenge", 3)


def test_nobody_undoes_unseen_what_another_has_changed(client, agreed):
    standing = agreed.version.clauses.get(clause__key="challenge").wording
    proposed(client, agreed, text="Taken meanwhile.")
    as_(client, agreed.enabler).post(address("wording_take", agreed.mou, "challenge", 2))
    page = html(proposed(client, agreed, 1, based_on=standing.pk, text="Typed by me."))
    for shown in ("changed while you were writing", "Typed by me.", "Taken meanwhile."):
        assert shown in page
    assert not agreed.mou.clauses.filter(wordings__text="Typed by me.").exists()


def test_what_is_too_long_is_kept_and_refused(client, agreed):
    page = html(proposed(client, agreed, text="Long. " * 2_000))
    assert "Wording must be 10000 characters or fewer" in page
    assert "Long. Long." in page


def test_those_who_facilitate_take_in_or_not(client, agreed):
    proposed(client, agreed)
    proposed(client, agreed, 1, text="Cold homes.")
    as_(client, agreed.staff)
    assert "2 have not said" in html(client.get(address("mou", agreed.mou)))
    decline = address("wording_decline", agreed.mou, "challenge", 2)
    assert "Enter the reason why it is not taken in" in html(client.post(decline, {}))
    client.post(decline, {"reason": "Too narrow"})
    take = address("wording_take", agreed.mou, "challenge", 3)
    assert "changed since you opened" in html(client.post(take, {"standing": "0"}, follow=True))
    assert "Taken in" in html(client.post(take, follow=True))
    assert "is settled already" in html(client.post(take, follow=True))
    page = html(client.get(address("clause", agreed.mou, "challenge")))
    assert "Cold homes." in page
    assert "not taken in" in page
    assert "Too narrow" in page


def test_a_new_clause_and_leaving_one_out(client, agreed):
    as_(client, agreed.staff)
    new = {"heading": "Residents", "text": "They sit at the table."}
    page = html(client.post(address("clause_propose", agreed.mou), new, follow=True))
    assert "New clause" in page
    client.post(address("wording_take", agreed.mou, "residents", 1))
    assert "12. Residents" in html(client.get(address("mou", agreed.mou)))
    standing = agreed.version.clauses.get(clause__key="residents").wording
    leave_out = address("clause_leave_out", agreed.mou, "residents")
    client.post(leave_out, {"reason": "Twice said", "based_on": standing.pk})
    client.post(address("wording_take", agreed.mou, "residents", 2))
    assert "12. Residents" not in html(client.get(address("mou", agreed.mou)))
    assert "Not in version 1" in html(client.get(address("clause", agreed.mou, "residents")))


def test_a_proposal_is_withdrawn(client, agreed):
    proposed(client, agreed)
    withdraw = address("wording_withdraw", agreed.mou, "challenge", 2)
    assert as_(client, agreed.partners[1]).post(withdraw).status_code == 403
    page = html(as_(client, agreed.partners[0]).post(withdraw, follow=True))
    assert "Your proposal is withdrawn" in page


def test_clauses_move_and_remarks_stay(client, agreed):
    as_(client, agreed.enabler)
    where = [agreed.mou.project.programme.slug, agreed.mou.project.slug, "challenge", "down"]
    client.post(reverse("programmes:clause_move", args=where))
    assert "2. The challenge" in html(client.get(address("mou", agreed.mou)))
    remark = address("remark_make", agreed.mou, "challenge")
    as_(client, agreed.partners[0])
    assert "Enter your remark" in html(client.post(remark, {}))
    assert "Twice a year?" in html(client.post(remark, {"text": "Twice a year?"}, follow=True))


def test_who_speaks_for_two_parties_says_for_which(client, agreed):
    partner = agreed.partners[0]
    add_representative(party=agreed.parties[1], person=partner, post="", by=agreed.staff)
    assert "For whom do you speak" in html(proposed(client, agreed))
    page = html(proposed(client, agreed, party=agreed.parties[1].pk))
    assert f"{partner}, {agreed.parties[1]}" in page


def test_queries_do_not_grow(client, agreed):
    """With the proposals and remarks, nor with the parties and those who speak for them."""
    say = address("stances_say", agreed.mou, agreed.parties[2].pk)
    names = ("mou", "mou_stances", "mou_parties", "mou_versions")
    pages = [address(name, agreed.mou) for name in names]
    pages += [address("clause", agreed.mou, "challenge"), say]

    def asked():
        as_(client, agreed.partners[2])
        found = []
        for where in pages:
            with CaptureQueriesContext(connection) as captured:
                html(client.get(where))
            found.append(len(captured))
        return found

    proposed(client, agreed)
    remark = address("remark_make", agreed.mou, "challenge")
    client.post(remark, {"text": "One"})
    few = asked()
    as_(client, agreed.partners[1])
    for number in range(5):
        client.post(remark, {"text": f"Remark {number}"})
        proposed(client, agreed, 1, text=f"Homes {number}.")
        party = join(
            mou=agreed.mou,
            organisation=builders.organisation(),
            part="",
            joined_on=agreed.mou.created_at.date(),
            by=agreed.staff,
        )
        partner = builders.grant(builders.person(), builders.Role.PARTNER, agreed.mou.project.place)
        add_representative(party=party, person=partner, post="", by=agreed.staff)
    assert asked() == few


def test_the_audit_trail_tells_of_it(client, agreed):
    proposed(client, agreed)
    programme = agreed.mou.project.programme
    page = html(as_(client, agreed.staff).get(reverse("programmes:audit", args=[programme.slug])))
    assert "Wording of a clause proposed" in page
    assert "Representative of a party added" in page


def test_all_that_waits_is_said_on_one_page_with_one_button(client, agreed):
    proposed(client, agreed)
    as_(client, agreed.partners[1])
    assert "11 wait for a stance" in html(client.get(address("mou", agreed.mou)))
    party = agreed.parties[1]
    say = address("stances_say", agreed.mou, party.pk)
    page = html(client.get(say))
    assert page.index("[would be added: ") < page.index("Our shared purpose")
    assert "Nothing was said yet" in html(client.post(say, {}))
    wording = agreed.mou.clauses.get(key="challenge").wordings.get(number=2)
    sent = {f"stance-{wording.pk}": "cannot", "rest": "on"}
    assert "Say what you would change" in html(client.post(say, sent))
    assert not party.stances.exists()
    sent[f"words-{wording.pk}"] = "Not ours"
    assert "stands to 12 of 12" in html(client.post(say, sent, follow=True))
    assert "has said how it stands to everything" in html(client.get(say))
    page = html(client.get(address("mou_stances", agreed.mou)))
    assert "<strong>Cannot</strong>: Not ours" in page
    assert page.count("<strong>Can live with it</strong>") == 12  # with the proposal of the first
    other = address("stances_say", agreed.mou, agreed.parties[2].pk)
    assert client.get(other).status_code == 403
