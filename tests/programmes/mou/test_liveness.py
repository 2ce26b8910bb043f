"""How alive an MOU is: the measures of any day, and who sees which day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from programmes.actions.mou.commitments import commit, update_commitment
from programmes.actions.mou.posts import record_left_post
from programmes.actions.mou.reviews import end_mou
from programmes.actions.mou.stances import remark, take_stance
from programmes.actions.mou.states import change_version_state
from programmes.actions.mou.wordings import propose_wording, take_in
from programmes.models import (
    MOU,
    Commitment,
    CommitmentState,
    MOUReview,
    MOUVersion,
    StanceKind,
    VersionState,
)
from programmes.queries.mou.liveness import (
    Life,
    Share,
    _Member,
    _Review,
    _Signed,
    _Version,
    liveness,
)
from programmes.queries.mou.months import latest_for_staff
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement, signed

DAY = date(2026, 6, 30)
DAYS = st.integers(-400, 400).map(lambda days: DAY + timedelta(days=days))
LATER = st.integers(1, 400).map(lambda days: DAY + timedelta(days=days))
FEW = st.integers(1, 4)
LIFE = Life(
    versions=[_Version(1, date(2025, 1, 1), date(2025, 2, 1), frozenset({1, 2, 3}))],
    reviews=[],
    next_review=None,
    cited=[],
    touched=[],
    members=[_Member(party, date(2025, 1, 1), None) for party in (1, 2, 3)],
    settled=[],
    signed=[_Signed(party, 1, date(2025, 2, 1), None) for party in (1, 2)],
)


def lives(days: st.SearchStrategy[date]) -> st.SearchStrategy[Life]:
    """What may happen to it on such days."""
    pairs = st.lists(st.tuples(FEW, days), max_size=6)
    return st.builds(
        replace,
        st.just(LIFE),
        cited=pairs,
        touched=pairs,
        settled=st.lists(st.tuples(days, st.integers(0, 90)), max_size=6),
        reviews=st.lists(st.builds(_Review, days, days), max_size=4).map(
            lambda rows: sorted(rows, key=lambda each: each.held_on)
        ),
    )


@given(lives(DAYS))
def test_no_part_is_more_than_its_whole(life: Life) -> None:
    at = life.on(DAY)
    for share in (at.use, at.breadth, at.reviews_kept, at.currency):
        assert 0 <= share.part <= share.whole
    assert at.freshness is not None
    assert at.freshness >= 0


@given(lives(DAYS), lives(LATER))
def test_what_happens_later_does_not_change_how_it_stood(life: Life, later: Life) -> None:
    """So others see of a month what the place saw: rows are added, and the past stays."""
    tomorrow = DAY + timedelta(days=1)
    after = replace(
        life,
        cited=life.cited + later.cited,
        touched=life.touched + later.touched,
        settled=life.settled + later.settled,
        versions=[*life.versions, _Version(2, tomorrow, tomorrow, frozenset({9}))],
        members=[*life.members, _Member(4, tomorrow, None)],
        signed=[*life.signed, _Signed(3, 2, tomorrow, None)],
    )
    assert after.on(DAY) == life.on(DAY)


def test_a_review_that_was_held_after_the_day_was_waited_for_on_it() -> None:
    held = replace(LIFE, reviews=[_Review(DAY, DAY - timedelta(days=60))])
    waiting = replace(LIFE, next_review=DAY - timedelta(days=60))
    for day in (DAY - timedelta(days=50), DAY - timedelta(days=10)):
        assert held.on(day).reviews_kept == waiting.on(day).reviews_kept
    assert held.on(DAY).reviews_kept == Share(0, 1)


def test_a_citation_counts_for_ninety_days_and_in_the_version_that_stood() -> None:
    life = replace(LIFE, cited=[(1, DAY), (1, DAY), (9, DAY)])
    assert [life.on(DAY + timedelta(days=days)).use.part for days in (-1, 0, 89, 90)] == [
        0,
        1,
        1,
        0,
    ]


def test_who_has_left_post_or_party_counts_from_that_day() -> None:
    left = replace(LIFE, signed=[replace(LIFE.signed[0], left_post_on=DAY), LIFE.signed[1]])
    assert left.on(DAY - timedelta(days=1)).currency == Share(2, 2)
    assert left.on(DAY).currency == Share(1, 2)
    gone = replace(LIFE, members=[replace(LIFE.members[0], left_on=DAY), *LIFE.members[1:]])
    assert gone.on(DAY).currency == Share(1, 1)
    assert gone.on(DAY).breadth.whole == 2


@pytest.fixture
def agreed(db: None) -> Agreement:
    """Signed by all and in force; begun more than a year ago."""
    made = agreement()
    made.send()
    for place in (1, 2, 3):
        signed(made.signatory(place))
    change_version_state(version=made.version, to=VersionState.SEALED, by=None)
    MOUVersion.objects.update(created_at=timezone.now() - timedelta(days=400))
    return made


def test_each_way_in_which_a_party_touches_it_counts(db: None) -> None:
    made = agreement(parties=6)
    parties, partners = made.parties, made.partners
    learning = made.clause("learning")
    old = commit(party=parties[0], what="X", due_on=None, seen_by="", by=partners[0])
    Commitment.objects.update(made_at=timezone.now() - timedelta(days=200))
    assert liveness(made.mou).breadth == Share(0, 6)
    update_commitment(
        commitment=old, state=CommitmentState.DONE, due_on=None, reason="", by=partners[0]
    )
    commit(party=parties[1], what="X", due_on=None, seen_by="", by=partners[1])
    remark(clause=learning, text="X", party=parties[2], by=partners[2])
    wording = propose_wording(
        mou=made.mou, clause=learning, heading="X", text="Y", party=parties[3], by=partners[3]
    )
    like = StanceKind.CAN_LIVE_WITH_IT
    take_stance(wording=wording, party=parties[4], stance=like, words="", by=partners[4])
    assert liveness(made.mou).breadth == Share(5, 6)
    assert liveness(made.mou).days_to_settle is None
    take_in(wording=wording, by=made.staff)
    assert liveness(made.mou).days_to_settle == 0


def page(of: Agreement) -> str:
    project = of.mou.project
    return reverse("programmes:liveness", args=[project.programme.slug, project.slug])


def read(client: Client, person: Person, address: str) -> str:
    client.force_login(person)
    return client.get(address).content.decode()


def test_the_place_sees_today_and_others_how_it_stood(agreed: Agreement, client: Client) -> None:
    before = date_format(latest_for_staff(timezone.localdate()))
    programme = agreed.mou.project.programme
    for first in (agreed.partners[0], agreed.enabler):
        html = read(client, first, page(agreed))
        assert "You see how it stands today" in html
        assert "0 days in force, no review yet." in html
        assert "3 of 3 still in post." in html
    for later in (agreed.staff, builders.evaluator(programme), builders.person(is_operator=True)):
        html = read(client, later, page(agreed))
        assert f"This is how it stood on {before}" in html
        assert "It is not in force yet" in html
        assert "in post." not in html
        assert "Today" not in html


def test_what_a_partner_did_today_others_do_not_see_in_the_figures(
    agreed: Agreement, client: Client
) -> None:
    staff = read(client, agreed.staff, page(agreed))
    partner = read(client, agreed.partners[0], page(agreed))
    commit(party=agreed.parties[0], what="X", due_on=None, seen_by="", by=agreed.partners[0])
    assert read(client, agreed.partners[0], page(agreed)) != partner
    assert "1 of 3 partners." in read(client, agreed.partners[0], page(agreed))
    assert figures(read(client, agreed.staff, page(agreed))) == figures(staff)


def figures(html: str) -> str:
    return html[html.index('id="freshness"') : html.index("</details>")]


def test_of_a_new_one_others_have_no_figures_yet(client: Client, db: None) -> None:
    new = agreement()
    html = read(client, new.staff, page(new))
    assert "The partners of the place see this first" in html
    assert "<svg" not in html.replace("govuk", "")
    assert "Nobody has signed what is in force yet." in read(client, new.partners[0], page(new))


def test_of_one_that_ended_the_measures_stop_on_that_day(agreed: Agreement, client: Client) -> None:
    end_mou(mou=agreed.mou, reason="The work is done", by=agreed.staff)
    assert "The measures stop on that day" in read(client, agreed.partners[0], page(agreed))
    ended = timezone.now() - timedelta(days=100)
    MOU.objects.update(ended_at=ended)
    pages = [read(client, person, page(agreed)) for person in (agreed.partners[0], agreed.staff)]
    assert figures(pages[0]) == figures(pages[1])
    assert "Everybody who may read the MOU sees the same" in pages[1]
    assert f'<th scope="row" class="govuk-table__header">{date_format(ended)}</th>' in pages[0]


def test_staff_find_the_places_by_name_and_no_figure_beside_them(
    agreed: Agreement, client: Client
) -> None:
    programme = agreed.mou.project.programme
    for name in ("zeal", "Aston"):
        agreement(of=builders.project(programme, place=builders.place(name)), parties=1)
    address = reverse("programmes:mous_alive", args=[programme.slug])
    html = read(client, agreed.staff, address + "?sort=use")
    assert html.index("Aston") < html.index(agreed.mou.project.place.name) < html.index("zeal")
    assert " of 3" not in html
    client.force_login(agreed.partners[0])
    assert client.get(address).status_code == 403


def test_who_left_their_post_is_recorded_and_taken_back(agreed: Agreement, client: Client) -> None:
    signatory = agreed.signatory(1)
    today = timezone.localdate()
    project = agreed.mou.project
    at = [project.programme.slug, project.slug, 1, signatory.pk]
    client.force_login(agreed.enabler)
    address = reverse("programmes:signatory_post", args=at)
    typed = client.post(address, {"left_post_on": today + timedelta(days=1)}).content.decode()
    assert "Record it once they have left" in typed
    typed = client.post(address, {"left_post_on": today - timedelta(days=1)}).content.decode()
    assert "before they signed" in typed
    assert client.post(address, {"left_post_on": today}).status_code == 302
    assert liveness(agreed.mou).currency == Share(2, 3)
    assert client.post(address, {}).status_code == 302
    assert liveness(agreed.mou).currency == Share(3, 3)
    with pytest.raises(PermissionDenied):
        record_left_post(signatory=signatory, left_post_on=today, by=agreed.partners[0])


def test_only_who_has_signed_can_leave_the_post_they_signed_in(db: None) -> None:
    made = agreement(parties=1)
    made.send()
    with pytest.raises(ValidationError, match="have not signed"):
        record_left_post(signatory=made.signatory(1), left_post_on=None, by=made.staff)


def test_it_takes_the_same_queries_for_one_and_for_many(client: Client, db: None) -> None:
    made = agreement(parties=2)
    MOUVersion.objects.update(created_at=timezone.now() - timedelta(days=400))
    today = timezone.localdate()
    client.force_login(made.partners[0])
    client.get(page(made))  # content types are read once and kept
    counts = []
    for many in (1, 20):
        for number in range(many):
            commit(
                party=made.parties[0],
                what=f"X {many} {number}",
                due_on=None,
                seen_by="",
                by=made.partners[0],
            )
            MOUReview.objects.create(
                mou=made.mou, held_on=today, outcome="X", next_on=today, recorded_by_name="X"
            )
            wording = propose_wording(
                mou=made.mou,
                clause=made.clause("learning"),
                heading="Learning",
                text=f"Words {many} {number}",
                by=made.staff,
            )
            take_in(wording=wording, by=made.staff)
        with CaptureQueriesContext(connection) as caught:
            client.get(page(made))
        counts.append(len(caught))
    assert counts[0] == counts[1]
