"""The whole matrix of states: what is no step of the table is refused, to whomever."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Person
from programmes.actions.mou.states import change_signatory_state, change_version_state
from programmes.models import (
    Signatory,
    SignatoryChange,
    SignatoryState,
    VersionChange,
    VersionState,
)
from programmes.mou_states import (
    FOR_PARTNERS,
    SIGNATORY_STEPS,
    VERSION_STEPS,
    Actor,
    version_steps_from,
)
from tests.programmes.mou.agreeing import Agreement, agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> Agreement:
    made = agreement(parties=1)
    made.send()
    return made


def actor_of(made: Agreement, who: str) -> Person | None:
    return {
        "staff": made.staff,
        "enabler": made.enabler,
        "partner": made.partners[0],
        "Placework": None,
    }[who]


WHO = {"staff": Actor.STAFF, "Placework": Actor.PLACEWORK}


def test_versions(agreed: Agreement) -> None:
    """Every old state, every new one, and everybody."""
    version = agreed.version
    taken = 0
    for old, new, who in product(
        VersionState, VersionState, ["staff", "enabler", "partner", "Placework"]
    ):
        type(version).objects.filter(pk=version.pk).update(state=old)
        is_step = any(
            step.new == new and step.actor == WHO.get(who) for step in version_steps_from(old)
        )
        try:
            change_version_state(
                version=version, to=new, by=actor_of(agreed, who), reason="Because"
            )
        except (PermissionDenied, ValidationError):
            assert not is_step, (old, new, who)
        else:
            assert is_step, (old, new, who)
            taken += 1
    assert taken == len(VERSION_STEPS)
    assert VersionChange.objects.filter(version=version).count() == taken + 1


def test_signatories(agreed: Agreement) -> None:
    signatory = agreed.signatory()
    taken = 0
    for old, new, who in product(SignatoryState, SignatoryState, Actor):
        Signatory.objects.filter(pk=signatory.pk).update(state=old)
        is_step = any(
            (step.old, step.new, step.actor) == (old, new, who) for step in SIGNATORY_STEPS
        )
        by = agreed.staff if who == Actor.STAFF else None
        try:
            change_signatory_state(signatory=signatory, to=new, as_=who, by=by, reason="Because")
        except ValidationError:
            assert not is_step, (old, new, who)
        else:
            assert is_step, (old, new, who)
            taken += 1
    assert taken == len(SIGNATORY_STEPS)
    assert SignatoryChange.objects.filter(signatory=signatory).count() == taken


def test_partners_take_no_step_of_staff(agreed: Agreement) -> None:
    for person in (agreed.partners[0], agreed.enabler, None):
        with pytest.raises(PermissionDenied):
            change_signatory_state(
                signatory=agreed.signatory(),
                to=SignatoryState.SIGNED,
                as_=Actor.STAFF,
                by=person,
            )


@pytest.mark.parametrize("step", [step for step in VERSION_STEPS if step.asks_reason], ids=str)
def test_a_reason_is_asked(agreed: Agreement, step: object) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        change_version_state(version=agreed.version, to=VersionState.VOID, by=agreed.staff)


def test_partners_have_a_word_for_each_state() -> None:
    assert set(FOR_PARTNERS) == set(VersionState)
