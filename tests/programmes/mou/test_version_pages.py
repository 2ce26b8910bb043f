"""Versions of an MOU, the difference between two, and the template that MOUs begin with."""

import pytest
from django.urls import reverse

from programmes.actions.mou.parties import settle_concerns
from programmes.actions.mou.states import change_version_state
from programmes.actions.mou.wordings import propose_wording, take_in
from programmes.models import TemplateClause, VersionState
from tests import builders
from tests.programmes.mou.agreeing import agreement, signed
from tests.programmes.mou.test_pages import address, as_, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return agreement()


@pytest.fixture
def in_force(agreed):
    agreed.send()
    for place in (1, 2, 3):
        signed(agreed.signatory(place))
    change_version_state(version=agreed.version, to=VersionState.SEALED, by=None)
    return agreed


def test_a_version_is_begun_once_the_one_before_is_in_force(client, agreed):
    as_(client, agreed.enabler)
    assert "Begin a new version" not in html(client.get(address("mou_versions", agreed.mou)))
    page = html(client.post(address("mou_version_begin", agreed.mou), follow=True))
    assert "being written or signed already" in page


def test_the_difference_says_what_is_changed_and_whom_it_asks(client, in_force):
    as_(client, in_force.enabler)
    assert "Begin a new version" in html(client.get(address("mou_versions", in_force.mou)))
    page = html(client.post(address("mou_version_begin", in_force.mou), follow=True))
    assert "Version 2 is begun" in page
    assert "Version 1</a> is in force meanwhile" in page
    clause = in_force.clause("challenge")
    settle_concerns(clause=clause, parties=[in_force.parties[0]], by=in_force.enabler)
    wording = propose_wording(
        mou=in_force.mou, clause=clause, heading="Damp", text="Homes.", by=in_force.enabler
    )
    take_in(wording=wording, by=in_force.enabler)
    page = html(client.get(address("mou_difference", in_force.mou)))
    for shown in (
        "Version 1 to version 2",
        "Clause 1 is changed",
        "[added: </span>Damp",
        f"It concerns {in_force.parties[0]}.",
        f"asks these to sign: {in_force.parties[0]}.",
    ):
        assert shown in page
    same = html(client.get(address("mou_difference", in_force.mou), {"old": "2", "new": "2"}))
    assert "the same clauses in the same wording" in same
    nonsense = html(client.get(address("mou_difference", in_force.mou), {"old": "9"}))
    assert "Version 1 to version 2" in nonsense
    assert "Homes." not in html(client.get(address("mou_version", in_force.mou, 1)))
    assert client.get(address("mou_version", in_force.mou, 3)).status_code == 404


def test_the_versions_say_what_happened(client, in_force):
    as_(client, in_force.partners[0])
    page = html(client.get(address("mou_version", in_force.mou, 1)))
    assert f"Out to be signed, by {in_force.staff}" in page
    assert "In force" in html(client.get(address("mou_versions", in_force.mou)))


@pytest.fixture
def programme():
    return builders.programme()


def template_address(name, programme, *args):
    return reverse(f"programmes:{name}", args=[programme.slug, *args])


def test_staff_edit_the_template_of_their_programme(client, programme):
    as_(client, builders.staff(programme))
    page = html(client.get(template_address("mou_template", programme)))
    assert "1. The challenge" in page
    client.post(template_address("template_clause_edit", programme, "purpose"), {})
    add = template_address("template_clause_add", programme)
    assert "Enter the wording" in html(client.post(add, {"heading": "Residents"}))
    page = html(client.post(add, {"heading": "Residents", "text": "Theirs."}, follow=True))
    assert "12. Residents" in page
    up = reverse(
        "programmes:template_clause_move",
        kwargs={"slug": programme.slug, "key": "residents", "way": "up"},
    )
    assert "11. Residents" in html(client.post(up, follow=True))
    edit = template_address("template_clause_edit", programme, "residents")
    assert "Ours too." in html(
        client.post(edit, {"heading": "Residents", "text": "Ours too."}, follow=True)
    )
    remove = template_address("template_clause_remove", programme, "residents")
    assert "Remove “Residents”" in html(client.get(remove))
    assert "Residents was removed" in html(client.post(remove, follow=True))
    title = template_address("mou_template_edit", programme)
    assert "Title: Our MOU" in html(client.post(title, {"title": "Our MOU"}, follow=True))


def test_the_last_clause_of_a_template_stays(client, programme):
    as_(client, builders.staff(programme))
    client.get(template_address("mou_template", programme))
    TemplateClause.objects.exclude(key="purpose").delete()
    remove = template_address("template_clause_remove", programme, "purpose")
    assert "needs at least one clause" in html(client.post(remove, follow=True))
