"""What the home page says of MOUs, to staff and to partners."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.actions.mou.signing import ask_for_paper
from programmes.actions.mou.wordings import propose_wording
from programmes.models import Signatory
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
