"""The lots of a call as pages, minutes and exports tell of them."""

import shlex
from collections.abc import Collection
from dataclasses import dataclass

from programmes.models import Call, Lot


@dataclass(frozen=True)
class Draw:
    """A lot with its number in the call, as the minutes have it."""

    number: int
    lot: Lot
    instead_of: int | None  # the number of the last lot before it among the same applications
    stands: bool  # those applications have not been drawn again since

    @property
    def by_hand(self) -> str:
        """What anyone can type to draw it again, wherever there is a shell."""
        references = " ".join(self.lot.between)
        line = f'$(printf "%s %s" {shlex.quote(self.lot.seed)} $a | sha256sum)'
        return f'for a in {references}; do echo "{line} $a"; done | sort'


def draws_of(call: Call) -> list[Draw]:
    """Every lot, the first first: one query."""
    lots = list(call.lots.order_by("drawn_at", "pk"))
    standing = standing_among(lots)
    draws: list[Draw] = []
    last: dict[tuple[str, ...], int] = {}
    for number, lot in enumerate(lots, start=1):
        among = tuple(lot.between)
        draws.append(Draw(number, lot, last.get(among), lot.pk in standing))
        last[among] = number
    return draws


def standing_among(lots: Collection[Lot]) -> set[int]:
    """The ids of those that count: where the same applications were drawn again, the last one."""
    return set({tuple(lot.between): lot.pk for lot in lots}.values())
