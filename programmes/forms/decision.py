"""The decisions on many applications, typed into one table.

A form of Django's with four fields for each of hundreds of applications takes longer to draw than all
the rest of the page, so the rows are plain.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from programmes.actions.decisions import Wanted
from programmes.models import DecisionOutcome
from programmes.queries.decisions import Case, Verdict
from programmes.queries.lots import Draw

OFF_THE_LIST = "The place on the reserve list must be a whole number from 1 to 999"
ORDER = forms.IntegerField(
    min_value=1,
    max_value=999,
    required=False,
    error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), OFF_THE_LIST),
)
REASON = forms.CharField(
    required=False,
    strip=False,
    error_messages={
        "null_characters_not_allowed": (
            "The reason holds a character that cannot be kept. Type it again without pasting"
        )
    },
)
FIELDS = ("outcome", "order", "reason", "lot")


@dataclass
class Asked:
    """One application in the table, with what its fields hold as text."""

    case: Case
    typed: dict[str, str]
    based_on: int
    draws: list[Draw]  # that it was in, and that stand
    errors: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))


class DecisionsForm:
    """`data=None` shows what is decided. Refusals of the action are added with `refuse`."""

    outcomes = DecisionOutcome.choices

    def __init__(
        self, cases: Mapping[int, Case], draws: Collection[Draw], data: Mapping[str, str] | None
    ) -> None:
        self.general: list[str] = []
        self.rows = {
            number: self._asked(number, case, draws, data) for number, case in cases.items()
        }
        self._sent = {number for number in cases if data and f"based_on_{number}" in data}

    def wanted(self) -> dict[int, Wanted] | None:
        """What was sent; None, with sentences in the rows, if something in it cannot be read."""
        found = {number: self._wanted(self.rows[number]) for number in sorted(self._sent)}
        return None if self.errors else {n: each for n, each in found.items() if each}

    def refuse(self, refusal: ValidationError) -> None:
        """Put each sentence into its row, and let what is sent next count from what stands now."""
        told = refusal.message_dict if hasattr(refusal, "error_dict") else {}
        for name, sentences in told.items():
            what, _, number = name.rpartition("_")
            self.rows[int(number)].errors[what] = sentences[0]
        if not told:
            self.general = list(refusal.messages)
        for row in self.rows.values():
            row.based_on = row.case.number

    def fill_in_by_rank(self, places: int) -> None:
        """Propose what the ranks say of what is not decided and lies outside the band; saves nothing."""
        for row in self.rows.values():
            place = row.case.line.place
            if not row.typed["outcome"] and place.rank and not place.is_in_band:
                is_above = place.rank <= places
                outcome = DecisionOutcome.SELECT if is_above else DecisionOutcome.DECLINE
                row.typed = {**row.typed, "outcome": outcome}

    @property
    def errors(self) -> dict[str, Any]:
        found = {f"{name}_{n}": error for n, name, error in self._in_rows()}
        return {NON_FIELD_ERRORS: self.general, **found} if self.general else dict(found)

    def summary(self) -> list[tuple[str, str]]:
        """Sentences with the field that each leads to, if it is about one."""
        general = [(sentence, "") for sentence in self.general]
        return general + [
            (f"{self.rows[n].case.application.reference}: {error}", f"{name}_{n}")
            for n, name, error in self._in_rows()
        ]

    def _in_rows(self) -> Iterator[tuple[int, str, str]]:
        for number, row in self.rows.items():
            for name in FIELDS:
                if row.errors[name]:
                    yield number, name, row.errors[name]

    def _asked(
        self, number: int, case: Case, draws: Collection[Draw], data: Mapping[str, str] | None
    ) -> Asked:
        reference, decided_by = case.application.reference, case.now.lot
        own = [
            draw
            for draw in draws
            if reference in draw.lot.between and (draw.stands or draw.lot.pk == decided_by)
        ]
        stands = _as_text(case.now)
        if data is None or f"based_on_{number}" not in data:
            return Asked(case, stands, case.number, own)
        based_on = _number(data[f"based_on_{number}"])
        typed = {name: data.get(f"{name}_{number}", "") for name in FIELDS}
        typed["reason"] = typed["reason"].replace("\r\n", "\n")
        untouched = typed == _as_text(case.at(based_on))
        return Asked(case, stands if untouched else typed, based_on, own)

    def _wanted(self, row: Asked) -> Wanted | None:
        typed = row.typed
        if typed["outcome"] and typed["outcome"] not in DecisionOutcome.values:
            row.errors["outcome"] = "Select a decision that is in the list"
        lot = _number(typed["lot"]) if typed["lot"] else None
        if lot is not None and lot not in {each.lot.pk for each in row.draws}:
            row.errors["lot"] = "Select a lot that this application was in"
        order = self._order(row)
        try:
            REASON.clean(typed["reason"])
        except ValidationError as fault:
            row.errors["reason"] = fault.messages[0]
        if any(row.errors.values()):
            return None
        return Wanted(Verdict(typed["outcome"], order, typed["reason"], lot), row.based_on)

    def _order(self, row: Asked) -> int | None:
        if row.typed["outcome"] != DecisionOutcome.RESERVE:
            return None
        try:
            order: int | None = ORDER.clean(row.typed["order"])
        except ValidationError as fault:
            row.errors["order"] = fault.messages[0]
            return None
        return order


def _as_text(verdict: Verdict) -> dict[str, str]:
    return {
        "outcome": verdict.outcome,
        "order": str(verdict.order or ""),
        "reason": verdict.reason,
        "lot": str(verdict.lot or ""),
    }


def _number(text: str) -> int:
    """0 for what is no number: nobody's page showed it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
