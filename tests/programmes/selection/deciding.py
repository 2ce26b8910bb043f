"""A call whose panel has met, for tests of decisions, letters and the release."""

from collections.abc import Callable
from typing import Any

from accounts.models import Person
from accounts.roles import Role
from programmes.actions.call_versions import publish
from programmes.actions.decisions import Wanted, prepare_decisions
from programmes.models import ApplicationState, Call, CallVersion, PanelMember, Phase
from programmes.queries.decisions import Verdict
from tests import builders
from tests.programmes.selection.scoring import submit

SCORES = {"Ashford": (5, 5, 5), "Birchley": (3, 3, 4), "Clayton": (3, 4, 3), "Dale": (1, 1, 1)}
WHY = "They have met for years."


def met(add: Callable[[CallVersion], object] | None = None) -> Call:
    """Four applications for two places. The second and third are in the band around the line.

    `add` may put more into the call's version before it is announced.
    """
    call = builders.call(phase=Phase.PREPARATION)
    version = call.versions.get()
    if add:
        add(version)
    publish(version, by=builders.person())
    call.phase = Phase.MEETING
    call.save()
    applications = [builders.application(call, name, ApplicationState.ELIGIBLE) for name in SCORES]
    for number in range(3):
        member = seat(call, is_chair=not number)
        for application in applications:
            builders.interest(member, application)
            submit(member, application, SCORES[application.place_name][number])
    return call


def seat(call: Call, name: str = "", **fields: Any) -> PanelMember:
    someone = builders.grant(builders.person(name), Role.PANEL_MEMBER, call.cohort.programme)
    return builders.panel_member(call, someone, **fields)


def decide(call: Call, by: Person, based_on: int = 0, **verdicts: tuple[Any, ...]) -> None:
    """`a1=("select",)`: outcome, order, reason, lot of A1."""
    wanted = {int(key[1:]): Wanted(Verdict(*values), based_on) for key, values in verdicts.items()}
    prepare_decisions(call=call, wanted=wanted, by=by)


def decide_all(call: Call, by: Person) -> None:
    """Two selected, one in reserve, one declined."""
    decide(
        call,
        by,
        a1=("select",),
        a2=("select", None, WHY),
        a3=("reserve", 1, WHY),
        a4=("decline",),
    )
