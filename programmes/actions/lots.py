"""Breaking a tie by lot, in the open, so that anyone can draw it again."""

import secrets
from collections.abc import Collection
from itertools import combinations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Person
from programmes.actions.call_phases import locked_call
from programmes.actions.decisions import PREPARE, why_closed
from programmes.events import DecisionEvent
from programmes.models import Application, Call, Lot
from programmes.queries.board import board_for
from programmes.ranking.lots import drawn

LONGEST = 5_000


@transaction.atomic
def draw_lot(
    *,
    call: Call,
    between: Collection[Application],
    reason: str,
    by: Person,
    seed: str = "",
    again: bool = False,
) -> Lot:
    """Put applications in the band around the line in an order by lot.

    Two that were drawn before are drawn once more only with `again`; both lots are kept and shown.
    `seed` may be a number that the panel threw in everybody's sight; otherwise it is a random one.
    The trail names the applications as people know them, by which it is kept from whoever is recused.
    """
    current = locked_call(call)
    if not by.has_perm(PREPARE, current):
        raise PermissionDenied
    if sentence := why_closed(current):
        raise ValidationError(sentence)
    rows = sorted(set(between), key=lambda row: row.number)
    references = [row.reference for row in rows]
    seed = seed.strip() or secrets.token_hex(8)
    faults = _faults(rows, _band(current, by), reason, seed)
    if not faults and not again and (pair := _pair_drawn_before(current, references)):
        faults["again"] = (
            f"A lot between {pair[0]} and {pair[1]} has been drawn, and stands."
            " Tick this if it must be drawn again, and say why in the reason"
        )
    if faults:
        raise ValidationError(faults)
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


def _band(call: Call, by: Person) -> set[Application]:
    return {line.application for line in board_for(by, call).band}


def _faults(
    rows: list[Application], band: set[Application], reason: str, seed: str
) -> dict[str, str]:
    """{field: what to do}"""
    faults = {}
    outside = [str(row) for row in rows if row not in band]
    if outside:
        faults["between"] = f"Leave out what is not in the band around the line: {outside[0]}"
    elif len(rows) < 2:
        faults["between"] = "Select at least two applications"
    if not reason.strip():
        faults["reason"] = "Say why it is decided by lot"
    elif len(reason) > LONGEST:
        faults["reason"] = (
            f"The reason has {len(reason):,} characters. Shorten it to {LONGEST:,} or fewer"
        )
    if len(seed) > 64:
        faults["seed"] = "Enter at most 64 characters"
    return faults


def _pair_drawn_before(call: Call, references: list[str]) -> tuple[str, str] | None:
    before = [set(lot.between) for lot in call.lots.all()]
    pairs = combinations(references, 2)
    return next((pair for pair in pairs if any(set(pair) <= lot for lot in before)), None)
