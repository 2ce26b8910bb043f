"""What the home page says of MOUs, to staff and to partners."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from programmes.actions.mou.asking import Asked, Reader
from programmes.actions.mou.beginning import change_mou
from programmes.actions.mou.commitments import commit, update_commitment
from programmes.actions.mou.reviews import end_mou
from programmes.actions.mou.signing import ask_for_paper
from programmes.actions.mou.wordings import propose_wording
from programmes.models import CommitmentState, Signatory, SigningRule
from tests import builders
from tests.programmes.mou.agreeing import agreement, signed
from tests.programmes.mou.test_pages import as_, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return agreement()


def panel(client, name, of=None):
    if of:
        as_(client, of)
    return html(client.get(reverse(f"programmes:{name}"), headers={"HX-Request": "true"}))


def asked_days_ago(signatory, days):
    Signatory.objects.filter(pk=signatory.pk).update(asked_at=timezone.now() - timedelta(days=days))


def proposed(agreed, place=0):
    return propose_wording(
        mou=agreed.mou,
        clause=agreed.clause("challenge"),
        heading="Damp",
        text="Damp homes.",
        party=agreed.parties[place],
        by=agreed.partners[place],
    )


def test_staff_see_who_holds_it_up_the_longest_first(client, agreed):
    assert "No MOU waits for anybody" in panel(client, "home_held_up", agreed.staff)
    signing = agreed.send()
    asked_days_ago(agreed.signatory(2), 12)
    asked_days_ago(agreed.signatory(3), 1)
    page = panel(client, "home_held_up")
    assert f"<strong>Signer 2</strong>, {agreed.parties[1]}: asked since" in page
    assert "(12 days)" in page
    assert "(1 day)" in page
    assert page.index("Signer 2") < page.index("Signer 3") < page.index("Signer 1")
    project = agreed.mou.project
    where = [project.programme.slug, project.slug, signing.version.number]
    assert reverse("programmes:mou_signing", args=where) in page
    signed(agreed.signatory(2))
    assert "Signer 2" not in panel(client, "home_held_up")


def test_since_they_asked_for_paper_it_waits_for_staff(client, agreed):
    agreed.send()
    asked_days_ago(agreed.signatory(1), 5)
    ask_for_paper(signatory=agreed.signatory(1))
    page = panel(client, "home_held_up", agreed.staff)
    assert "asked for paper since" in page
    assert "(5 days)" not in page


def test_what_is_signed_and_not_sealed(client, agreed):
    agreed.send()
    for place in (1, 2, 3):
        signed(agreed.signatory(place))
    assert "Signed by all, not sealed yet" in panel(client, "home_held_up", agreed.staff)


def test_a_draft_waits_for_the_stances_of_the_silent(client, agreed):
    proposed(agreed)
    page = panel(client, "home_held_up", agreed.staff)
    assert "1 proposal waits for a stance of" in page
    assert str(agreed.parties[0]) not in page
    assert f"{agreed.parties[1]}, {agreed.parties[2]}" in page


def test_the_enabler_sees_it_too_and_that_others_remind(client, agreed):
    agreed.send()
    page = panel(client, "home_held_up", agreed.enabler)
    assert "<strong>Signer 1</strong>" in page
    assert "remind" not in page
    other = builders.grant(builders.person(), builders.Role.ENABLER, builders.project())
    assert "No MOU waits" in panel(client, "home_held_up", other)


def test_staff_of_another_programme_see_nothing_of_it(client, agreed):
    agreed.send()
    other = builders.staff(builders.programme())
    assert "No MOU waits" in panel(client, "home_held_up", other)


def test_the_home_page_shows_ten_and_the_way_to_all(client, agreed):
    agreed.send()
    for _ in range(3):
        project = builders.project(agreed.mou.project.programme, cohort=agreed.mou.project.cohort)
        agreement(of=project).send()
    page = panel(client, "home_held_up", agreed.staff)
    assert page.count("<li>") == 10
    whole = reverse("programmes:home_held_up")
    assert f'href="{whole}"' in page
    assert html(client.get(whole)).count("asked since") == 12


def test_queries_of_staff_do_not_grow(client, agreed):
    as_(client, agreed.staff)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            panel(client, "home_held_up")
        return len(captured)

    proposed(agreed)
    panel(client, "home_held_up")
    few = queries()
    for cohort in (2, 3):
        project = builders.project(
            agreed.mou.project.programme,
            cohort=builders.cohort(agreed.mou.project.programme, cohort),
        )
        agreement(of=project, parties=2).send()
    assert queries() == few


def promised(agreed, place, what, days):
    return commit(
        party=agreed.parties[place],
        what=what,
        due_on=timezone.localdate() + timedelta(days=days),
        seen_by="",
        by=agreed.partners[place],
    )


def sent_to_partner(agreed):
    """The partner of the first party signs for it themselves."""
    first, *others = agreed.parties
    partner = agreed.partners[0]
    return agreed.send(
        SigningRule.EACH,
        Asked(first, partner.name, "Director", partner.email),
        *(Asked(each, "Signer", "Chair", f"signer{each.pk}@example.org") for each in others),
        readers=[Reader("Rita Reader", agreed.partners[1].email)],
    )


def test_a_partner_is_asked_first_for_what_is_theirs(client, agreed):
    proposed(agreed)
    page = panel(client, "home_mous", agreed.partners[0])
    assert f"Say how {agreed.parties[0]} stands to 11 clauses<" in page
    page = panel(client, "home_mous", agreed.partners[1])
    assert f"Say how {agreed.parties[1]} stands to 1 proposal and 11 clauses<" in page
    promised(agreed, 1, "Share data", -1)
    promised(agreed, 1, "Meet residents", 20)
    promised(agreed, 1, "Far away", 90)
    promised(agreed, 0, "Theirs alone", -1)
    change_mou(mou=agreed.mou, title="Dry homes", review_on=timezone.localdate(), by=agreed.staff)
    page = panel(client, "home_mous")
    assert page.index("Overdue") < page.index("Share data") < page.index("Meet residents")
    assert "Far away" not in page
    assert "Theirs alone" not in page
    assert "Review on" in page
    assert "Our commitments</a>: 3 going (1 overdue), 0 done." in page
    assert ": 1 going (1 overdue), 0 done." in page
    assert "<html" not in page


def test_who_is_asked_to_sign_can_have_the_link_again(client, agreed):
    sent_to_partner(agreed)
    page = panel(client, "home_mous", agreed.partners[0])
    assert "Send me the link again" in page
    assert "Read version 1" in page
    assert "stands to" not in page
    again = reverse("programmes:mou_own_link", args=[agreed.signatory().pk])
    OutgoingMail.objects.all().delete()
    assert "with a new link" in html(client.post(again, follow=True))
    assert OutgoingMail.objects.get().to == agreed.partners[0].email
    as_(client, agreed.partners[1])
    assert "Send me the link again" not in panel(client, "home_mous")
    assert client.post(again).status_code == 404
    ask_for_paper(signatory=agreed.signatory())
    signed(agreed.signatory())
    assert "Nothing waits for you" in panel(client, "home_mous", agreed.partners[0])
    assert "need not be reminded" in html(client.post(again, follow=True))
    assert "Send me the link again" not in panel(client, "home_mous")


def test_what_has_ended_is_not_on_the_home_page(client, agreed):
    promised(agreed, 0, "Share data", -1)
    end_mou(mou=agreed.mou, reason="The work is done", by=agreed.staff)
    page = panel(client, "home_mous", agreed.partners[0])
    assert "Your place has no MOU now" in page
    assert "Share data" not in page


def test_a_partner_of_the_place_who_speaks_for_nobody_reads_along(client, agreed):
    reader = builders.grant(builders.person(), builders.Role.PARTNER, agreed.mou.project.place)
    promised(agreed, 0, "Share data", -1)
    promised(agreed, 1, "Meet residents", 9)
    slipped = agreed.mou.commitments.get(what="Meet residents")
    update_commitment(
        commitment=slipped,
        state=CommitmentState.SLIPPED,
        due_on=slipped.due_on,
        reason="The hall is closed",
        by=agreed.partners[1],
    )
    page = panel(client, "home_mous", reader)
    assert "You speak for no party of it yet" in page
    assert "1 going, 1 slipped (1 overdue), 0 done" in page
    assert "Share data" not in page


def test_queries_of_partners_do_not_grow(client, agreed):
    partner = as_(client, agreed.partners[0])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            panel(partner, "home_mous")
        return len(captured)

    promised(agreed, 0, "Share data", 1)
    panel(partner, "home_mous")
    few = queries()
    proposed(agreed, 1)
    for number in range(15):
        promised(agreed, number % 3, f"Promise {number}", number - 5)
    assert queries() == few


def test_what_others_can_see_of_me(client, agreed):
    partner = agreed.partners[0]
    seen = reverse("programmes:mou_seen")
    newcomer = builders.grant(builders.person(), builders.Role.PARTNER, builders.place())
    assert "Nothing yet" in html(as_(client, newcomer).get(seen))
    sent_to_partner(agreed)
    signed(agreed.signatory())
    page = html(as_(client, partner).get(seen))
    assert f"{partner}, Director: speaks for {agreed.parties[0]}" in page
    assert "Signed." in page
    assert "is kept until" in page
    assert "was sent a link to read" in html(as_(client, agreed.partners[1]).get(seen))


def test_as_the_page_says_staff_alone_see_the_address(client, agreed):
    signing = sent_to_partner(agreed)
    project = agreed.mou.project
    where = [project.programme.slug, project.slug, signing.version.number]
    page = reverse("programmes:mou_signing", args=where)
    assert agreed.partners[0].email in html(as_(client, agreed.staff).get(page))
    for reader in (agreed.partners[1], agreed.enabler, builders.evaluator(project.programme)):
        assert agreed.partners[0].email not in html(as_(client, reader).get(page))
    panel_member = builders.grant(builders.person(), builders.Role.PANEL_MEMBER, project.programme)
    assert as_(client, panel_member).get(page).status_code == 404
