"""A call's phases: what may follow what, what stands in the way, and that its words stay."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from programmes.actions.call_phases import change_phase, change_switches
from programmes.actions.call_versions import draft_change, publish_change
from programmes.models import ApplicationState, Call, Phase
from programmes.phases import SHIPPED, STEPS
from programmes.queries.call_versions import published_version
from tests import builders

pytestmark = pytest.mark.django_db

ALLOWED = {(step.old, step.new) for step in STEPS}
PAIRS = list(product(Phase, repeat=2))


def staff_of(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_only_what_the_table_names_follows(pair: tuple[Phase, Phase]) -> None:
    old, new = pair
    call = builders.call(phase=old)
    builders.panel_member(call)
    if old == Phase.ELIGIBILITY:
        builders.application(call, state=ApplicationState.ELIGIBLE)
    if old in (Phase.APPLICATIONS, Phase.PREPARATION):
        past = old == Phase.APPLICATIONS
        call.closes_at = timezone.now() + timedelta(days=-1 if past else 1)
        call.save()
    by = staff_of(call)
    if (old, new) in ALLOWED:
        assert change_phase(call=call, to=new, by=by, reason="So.").phase == new
        assert call.phase_changes.get().changed_by == by
    else:
        with pytest.raises(ValidationError):
            change_phase(call=call, to=new, by=by, reason="So.")
        call.refresh_from_db()
        assert call.phase == old


def test_only_staff_change_the_phase_and_its_switches() -> None:
    call = builders.call(phase=Phase.CONFLICTS)
    for by in (builders.person(), builders.evaluator(call.cohort.programme)):
        with pytest.raises(PermissionDenied):
            change_phase(call=call, to=Phase.SCORING, by=by)
        with pytest.raises(PermissionDenied):
            change_switches(phase=call.phases.get(phase=Phase.SCORING), by=by, members_score=False)


def test_a_new_call_has_the_shipped_switches() -> None:
    call = builders.call(phase=Phase.PREPARATION)
    assert {row.phase for row in call.phases.all()} == set(SHIPPED)
    scoring = call.phases.get(phase=Phase.SCORING)
    assert (scoring.members_score, scoring.scores_of_others) == (True, "after_own")


def test_a_call_that_lacks_something_is_not_announced() -> None:
    call = builders.call(phase=Phase.PREPARATION)
    version = call.versions.get()
    version.questions.all().delete()
    version.criteria.update(looks_like_3="")
    with pytest.raises(ValidationError) as refusal:
        change_phase(call=call, to=Phase.APPLICATIONS, by=staff_of(call))
    assert refusal.value.messages == [
        "Add at least one question.",
        "Say what a 1, a 3 and a 5 look like for “Beginnings”.",
    ]


def test_what_was_announced_cannot_be_changed_even_in_the_database() -> None:
    version = published_version(builders.call())
    assert version
    for change in (
        lambda: version.questions.update(wording="Another?"),
        lambda: version.criteria.all().delete(),
        lambda: builders.question(version),
        lambda: type(version).objects.update(text="Another."),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_later_change_is_a_version_announced_to_all_who_started() -> None:
    call = builders.call()
    by = staff_of(call)
    first, second = builders.application(call), builders.application(call)
    gone = builders.application(call, state=ApplicationState.WITHDRAWN)
    draft = draft_change(call=call, by=by)
    assert [row.key for row in draft.questions.all()] == ["q1"]
    builders.question(draft, "budget")
    with pytest.raises(ValidationError, match="Say what changes"):
        publish_change(draft=draft, change=" ", by=by)
    publish_change(draft=draft, change="We ask for a budget.", by=by)
    assert published_version(call) == draft
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert told == {row.started_by.email for row in (first, second) if row.started_by}
    assert gone.started_by
    assert gone.started_by.email not in told


def test_nothing_changes_once_applications_are_closed() -> None:
    call = builders.call()
    by = staff_of(call)
    draft = draft_change(call=call, by=by)
    Call.objects.update(phase=Phase.SCORING)
    with pytest.raises(ValidationError, match="only be changed while"):
        publish_change(draft=draft, change="Another question.", by=by)


def test_a_call_is_taken_back_only_before_anyone_has_started() -> None:
    call = builders.call()
    by = staff_of(call)
    change_phase(call=call, to=Phase.PREPARATION, by=by, reason="A mistake.")
    assert call.versions.filter(published_at=None).get().questions.count() == 1
    change_phase(call=call, to=Phase.APPLICATIONS, by=by)
    builders.application(call)
    with pytest.raises(ValidationError, match="Somebody has started"):
        change_phase(call=call, to=Phase.PREPARATION, by=by, reason="A mistake.")
