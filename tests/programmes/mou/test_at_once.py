"""People who sign at the same moment, on several connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from programmes.actions.mou.chain import broken_at
from programmes.actions.mou.codes import TRIES, send_code
from programmes.actions.mou.outstanding import void
from programmes.models import Signature, SigningCode, VersionChange, VersionState
from tests.programmes.mou.agreeing import Agreement, agreement, code_for, signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent() -> Agreement:
    made = agreement(parties=2)
    made.send()
    return made


def at_once(*actions: Callable[[], object]) -> list[str]:
    """What each was refused with, in order; nothing for what went through."""
    start = Barrier(len(actions))

    def run(action: Callable[[], object]) -> str:
        start.wait()
        try:
            action()
        except ValidationError as refusal:
            return str(refusal.messages[0])
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def chain_holds(made: Agreement) -> bool:
    events = made.signing.events.order_by("number").values("told", "previous_sha256", "sha256")
    return broken_at(list(events)) is None


def test_two_last_signers_at_the_same_moment_complete_it_once(sent: Agreement) -> None:
    codes = [code_for(sent.signatory(place)) for place in (1, 2)]
    refused = at_once(
        lambda: signed(sent.signatory(1), codes[0]), lambda: signed(sent.signatory(2), codes[1])
    )
    assert refused == ["", ""]
    assert sent.version.state == VersionState.SIGNED
    assert VersionChange.objects.filter(new=VersionState.SIGNED).count() == 1
    assert sent.signing.events.filter(told__contains='"what":"all have signed"').count() == 1
    assert chain_holds(sent)


def test_one_who_signs_twice_at_the_same_moment_has_signed_once(sent: Agreement) -> None:
    code = code_for(sent.signatory())
    refused = at_once(*[lambda: signed(sent.signatory(), code)] * 3)
    assert refused.count("") == 1
    assert Signature.objects.count() == 1
    assert chain_holds(sent)


def test_signed_or_given_up_but_not_both(sent: Agreement) -> None:
    signed(sent.signatory(1))
    code = code_for(sent.signatory(2))
    signing, staff = sent.signing, sent.staff
    refused = at_once(
        lambda: signed(sent.signatory(2), code),
        lambda: void(signing=signing, reason="No money", by=staff),
    )
    # Staff may give up what is signed and not sealed; nobody signs what was given up.
    assert refused[1] == ""
    assert Signature.objects.count() == (2 if refused[0] == "" else 1)
    assert sent.version.state == VersionState.VOID
    assert chain_holds(sent)


def test_guesses_at_the_same_moment_are_all_counted(sent: Agreement) -> None:
    send_code(sent.signatory())
    refused = at_once(*[lambda: signed(sent.signatory(), "no code")] * (TRIES + 2))
    assert SigningCode.objects.get().tries == TRIES
    assert sum("tried too often" in sentence for sentence in refused) == 2
