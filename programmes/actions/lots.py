"""Breaking a tie by lot, once, so that anyone can draw it again."""

import secrets
from collections.abc import Collection
from itertools import combinations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Person
from programmes.actions.call_phases import MANAGE, locked_call
from programmes.application_states import Actor
from programmes.events import DecisionEvent
from programmes.models import Application, ApplicationState, Call, Lot
from programmes.ranking.lots import drawn


@transaction.atomic
def draw_lot(
    *, call: Call, between: Collection[Application], reason: str, by: Person, seed: str = ""
) -> Lot:
    """Put the applications in an order by lot. Two that were drawn once are not drawn again.

    `seed` may be a number that the panel threw in everybody's sight; otherwise it is a random one.
    The trail names them as people know them, by which it is kept from whoever is recused from one.
    """
    current = locked_call(call)
    pks = {application.pk for application in between}
    rows = list(current.applications.filter(pk__in=pks).order_by("number"))
    _check_who(by, current, rows)
    seed = seed.strip() or secrets.token_hex(8)
    faults = _faults(current, rows, len(pks), reason, seed)
    if faults:
        raise ValidationError(faults)
    references = [row.reference for row in rows]
    lot = Lot.objects.create(
        call=current,
        seed=seed,
        between=references,
        drawn=drawn(seed, references),
        reason=reason.strip(),
        drawn_by=by,
        drawn_by_name=str(by),
    )
    record(
        DecisionEvent.LOT_DRAWN,
        by=by,
        subject=current,
        scope=current.cohort.programme,
        changes={"between": ["", ", ".join(map(str, rows))], "seed": ["", seed]},
    )
    return lot


def _check_who(by: Person, call: Call, rows: list[Application]) -> None:
    if not by.has_perm(MANAGE, call):
        raise PermissionDenied
    for row in rows:
        row.call = call
        if not by.has_perm(Actor.STAFF, row):
            raise PermissionDenied


def _faults(
    call: Call, rows: list[Application], asked: int, reason: str, seed: str
) -> dict[str, str]:
    """{field: what to do}"""
    if not call.phases.filter(phase=call.phase, decisions_are_prepared=True).exists():
        return {"__all__": "Lots are drawn while decisions are prepared. Change the phase first"}
    faults = {}
    if asked < 2:
        faults["between"] = "Select at least two applications"
    elif len(rows) < asked or any(row.state != ApplicationState.ELIGIBLE for row in rows):
        faults["between"] = "Select applications of this call that are with the panel"
    elif pair := _pair_drawn_before(call, [row.reference for row in rows]):
        faults["between"] = f"A lot between {pair[0]} and {pair[1]} has been drawn. It stands"
    if not reason.strip():
        faults["reason"] = "Say why it is decided by lot"
    if len(seed) > 64:
        faults["seed"] = "Enter at most 64 characters"
    return faults


def _pair_drawn_before(call: Call, references: list[str]) -> tuple[str, str] | None:
    before = [set(lot.between) for lot in call.lots.all()]
    pairs = combinations(references, 2)
    return next((pair for pair in pairs if any(set(pair) <= lot for lot in before)), None)
