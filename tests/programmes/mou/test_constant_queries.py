"""The pages of an MOU ask as much of the database for many clauses, parties and versions as for few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from accounts.roles import Role
from programmes.actions.mou.outstanding import void
from programmes.actions.mou.parties import add_representative, join
from programmes.actions.mou.versions import begin_version
from programmes.actions.mou.wordings import propose_wording, take_in
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement
from tests.programmes.mou.test_pages import address

pytestmark = pytest.mark.django_db

PAGES = (
    ("mou",),
    ("mou_versions",),
    ("mou_difference",),
    ("mou_parties",),
    ("mou_stances",),
    ("clause", "challenge"),
    ("clause_wording", "challenge", 1),
)
OF_STAFF = (*PAGES, ("mou_send",), ("clause_concerns", "challenge"))
OF_PARTNERS = (*PAGES, ("stance_take", "challenge", 1))


def queries(person: Person, agreed: Agreement, pages: tuple[tuple[object, ...], ...]) -> list[int]:
    client = Client()
    client.force_login(person)
    sent = agreed.version.number - 1
    found = []
    for name, *args in (*pages, ("mou_version", sent), ("mou_signing", sent)):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(name, agreed.mou, *args)).status_code == 200
        found.append(len(captured))
    return found


def another_version(agreed: Agreement) -> None:
    """What was sent is given up, and the next version begins as it stood."""
    void(signing=agreed.send(), reason="No", by=agreed.staff)
    begin_version(mou=agreed.mou, by=agreed.staff)


def grow(agreed: Agreement) -> None:
    """Five more clauses and five more parties, each with somebody who speaks for it."""
    for number in range(5):
        heading = f"Clause {number}"
        wording = propose_wording(mou=agreed.mou, heading=heading, text="Dry.", by=agreed.staff)
        take_in(wording=wording, by=agreed.staff)
        party = join(
            mou=agreed.mou,
            organisation=builders.organisation(),
            part="",
            joined_on=timezone.localdate(),
            by=agreed.staff,
        )
        partner = builders.grant(builders.person(), Role.PARTNER, agreed.mou.project.place)
        add_representative(party=party, person=partner, post="", by=agreed.staff)
        agreed.parties.append(party)


def test_many_take_as_many_queries_as_few() -> None:
    agreed = agreement(parties=1)
    another_version(agreed)
    partner = agreed.partners[0]
    few = queries(agreed.staff, agreed, OF_STAFF), queries(partner, agreed, OF_PARTNERS)
    grow(agreed)
    another_version(agreed)
    another_version(agreed)
    assert queries(agreed.staff, agreed, OF_STAFF) == few[0]
    assert queries(partner, agreed, OF_PARTNERS) == few[1]
