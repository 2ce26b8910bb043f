"""Commitments: made, updated and read on their pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from programmes.actions.mou.commitments import commit, update_commitment
from programmes.actions.mou.reviews import end_mou
from programmes.models import Commitment, CommitmentState
from tests.programmes.mou.agreeing import agreement
from tests.programmes.mou.test_pages import address, as_, html

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return agreement()


def promised(agreed, place=0, days=30, what="Open our data"):
    return commit(
        party=agreed.parties[place],
        what=what,
        due_on=timezone.localdate() + timedelta(days=days),
        seen_by="The others can read it",
        by=agreed.partners[place],
    )


def test_a_partner_makes_one_and_all_parties_see_it(client, agreed):
    own, theirs = agreed.parties[:2]
    partner = as_(client, agreed.partners[0])
    add = address("commitment_add", agreed.mou, own.pk)
    page = html(partner.get(address("mou_commitments", agreed.mou)))
    assert add in page
    assert f"Whoever speaks for {theirs} can add one" in page
    page = html(partner.post(add, {"what": "", "due_on": "some day"}))
    assert "Say what you will do" in page
    assert "some day" in page  # kept
    clause = agreed.clause("information")
    sent = {"what": "Share data", "due_on": "1 May 2027", "seen_by": "", "clause": clause.pk}
    assert "is saved" in html(partner.post(add, sent, follow=True))
    for reader in (agreed.partners[1], agreed.staff, agreed.enabler):
        page = html(as_(client, reader).get(address("mou_commitments", agreed.mou)))
        for shown in ("Share data", "1 May 2027", "Going", "Not said"):
            assert shown in page
    row = Commitment.objects.get()
    page = html(client.get(address("commitment", agreed.mou, row.pk)))
    assert address("clause", agreed.mou, "information") in page


def test_nobody_speaks_for_another(client, agreed):
    row = promised(agreed)
    other = as_(client, agreed.partners[1])
    for name, pk in (
        ("commitment_add", agreed.parties[0].pk),
        ("commitment_edit", row.pk),
        ("commitment_update", row.pk),
    ):
        assert other.get(address(name, agreed.mou, pk)).status_code == 403
        assert other.post(address(name, agreed.mou, pk), {}).status_code == 403
    assert address("commitment_update", agreed.mou, row.pk) not in html(
        other.get(address("mou_commitments", agreed.mou))
    )


def test_what_is_overdue_says_so_until_it_is_done(client, agreed):
    row = promised(agreed, days=-1)
    partner = as_(client, agreed.partners[0])
    assert "Overdue" in html(partner.get(address("mou_commitments", agreed.mou)))
    update = address("commitment_update", agreed.mou, row.pk)
    form = partner.get(update).context["form"]
    sent = {"seen": form["seen"].value(), "due_on": date_format(row.due_on)}
    page = html(partner.post(update, sent | {"state": "slipped"}))
    assert "Say why, in a few words" in page
    assert page.count('href="#id_reason"') == 1
    page = html(partner.post(update, sent | {"state": "done", "reason": "All up"}, follow=True))
    assert "Overdue" not in page
    assert "Done" in page
    assert "All up" in page


def test_dropped_for_a_reason_that_stays(client, agreed):
    row = promised(agreed)
    partner = as_(client, agreed.partners[0])
    update = address("commitment_update", agreed.mou, row.pk)
    partner.post(update, {"state": "dropped", "due_on": "", "reason": "No money"})
    page = html(partner.get(address("commitment", agreed.mou, row.pk)))
    for shown in ("Dropped. ", "Without a day now", "No money", ": Made"):
        assert shown in page
    assert "Change its words" not in page
    edit = address("commitment_edit", agreed.mou, row.pk)
    page = html(partner.post(edit, {"what": "Anything", "seen_by": ""}))
    assert "It is not going any more" in page


def test_its_words_before_stay_in_its_history(client, agreed):
    row = promised(agreed)
    partner = as_(client, agreed.partners[0])
    edit = address("commitment_edit", agreed.mou, row.pk)
    sent = {"what": "Open all our data", "seen_by": row.seen_by}
    page = html(partner.post(edit, sent, follow=True))
    assert "Open all our data" in page
    assert "before: “Open our data”" in page


def test_two_who_update_at_once_are_told(client, agreed):
    row = promised(agreed)
    partner = as_(client, agreed.partners[0])
    update = address("commitment_update", agreed.mou, row.pk)
    seen = partner.get(update).context["form"]["seen"].value()
    update_commitment(
        commitment=row,
        state=CommitmentState.DONE,
        due_on=row.due_on,
        reason="",
        by=agreed.staff,
    )
    sent = {"seen": seen, "state": "dropped", "due_on": date_format(row.due_on), "reason": "Cuts"}
    page = html(partner.post(update, sent))
    assert "changed this while you were editing" in page
    assert "Cuts" in page


def test_after_the_end_they_stay_as_they_were(client, agreed):
    row = promised(agreed)
    end_mou(mou=agreed.mou, reason="The work is done", by=agreed.staff)
    partner = as_(client, agreed.partners[0])
    assert "stay as they stood" in html(partner.get(address("mou_commitments", agreed.mou)))
    update = address("commitment_update", agreed.mou, row.pk)
    page = html(partner.post(update, {"state": "done", "due_on": "", "reason": ""}))
    assert "This MOU has ended" in page


def test_a_long_history_is_read_some_at_a_time(client, agreed):
    row = promised(agreed)
    for number in range(11):
        update_commitment(
            commitment=row,
            state=CommitmentState.GOING,
            due_on=row.due_on,
            reason=f"Word {number} on it",
            by=agreed.partners[0],
        )
    client.force_login(agreed.partners[1])
    page = html(client.get(address("commitment", agreed.mou, row.pk)))
    assert "Word 10 on it" in page
    assert ": Made" not in page
    older = html(client.get(address("commitment", agreed.mou, row.pk) + "?changes=2"))
    assert "Word 0 on it" in older
    assert ": Made" in older


def test_queries_do_not_grow(client, agreed):
    reader = as_(client, agreed.partners[0])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            html(reader.get(address("mou_commitments", agreed.mou)))
        return len(captured)

    promised(agreed)
    reader.get(address("mou_commitments", agreed.mou))
    few = queries()
    for number in range(3):
        row = promised(agreed, number, what=f"Promise {number}")
        update_commitment(
            commitment=row,
            state=CommitmentState.DONE,
            due_on=row.due_on,
            reason="",
            by=agreed.partners[number],
        )
    assert queries() == few
