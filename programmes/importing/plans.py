"""What an import would do, worked out without writing: rows to create, rows to change.

Planned rows are unsaved instances that already refer to each other, so that checking a file and
importing it are the same work up to the last step.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypedDict, TypeVar

from django.db import models

from accounts.actions.audit import SYSTEM, changes_between, record_each
from accounts.models import AuditKind, Person
from accounts.secret_links import Link
from places.models import Organisation, Place
from programmes.importing.faults import Faults, quoted
from programmes.importing.grids import Progress
from programmes.importing.kinds import Reference
from programmes.importing.sheets import Column, sheet_called
from programmes.importing.tables import Row, Tables
from programmes.importing.words import folded, suggestion
from programmes.models import Cohort, Programme, Project

M = TypeVar("M", bound=models.Model)
BATCH = 1_000
WITHHELD = "(kept with the row)"


@dataclass
class Counts:
    created: int = 0
    changed: int = 0
    same: int = 0


class Count(TypedDict):
    """How many of one thing: as it is kept with an import, and shown."""

    what: str
    created: int
    changed: int
    same: int


class Step(ABC):
    """One thing to write, counted under `label`."""

    label: str

    @abstractmethod
    def counts(self) -> Counts: ...

    @abstractmethod
    def save(self, *, by: Person | None, programme: Programme) -> None: ...


@dataclass
class Batch(Step, Generic[M]):
    """The rows of one model that are created or changed, each with its audit event."""

    label: str
    model: type[M]
    created_event: AuditKind | None
    changed_event: AuditKind | None
    is_register: bool = False  # shared by all programmes, so its events belong to none
    withheld: frozenset[str] = frozenset()  # fields whose words never go into the audit trail
    subject: Callable[[M], models.Model] = lambda row: row  # whom an event is about
    first: Callable[[M], dict[str, list[str]]] = lambda row: {}  # what is told of every new row
    created: list[tuple[M, dict[str, list[str]]]] = field(default_factory=list)
    changed: list[tuple[M, set[str], dict[str, list[str]]]] = field(default_factory=list)
    same: int = 0

    def create(self, row: M, told: dict[str, list[str]] | None = None) -> M:
        """A new row, with what the audit trail says of it beside its name."""
        self.created.append((row, told or {}))
        return row

    def compare(
        self, row: M, values: dict[str, Any], told: dict[str, list[str]] | None = None
    ) -> M:
        """Give a held row its new values; it counts as changed if any of them differs.

        `told` is what the audit trail says of it, where that is not just the fields.
        """
        changes = changes_between(row, values)
        for name in changes:
            setattr(row, name, values[name])
        if changes:
            self.changed.append((row, set(changes), self._without_withheld(told or changes)))
        else:
            self.same += 1
        return row

    def counts(self) -> Counts:
        return Counts(len(self.created), len(self.changed), self.same)

    def save(self, *, by: Person | None, programme: Programme) -> None:
        self._write()
        scope = None if self.is_register else programme
        if self.created_event:
            told = [
                (self.subject(row), changes or self.first(row)) for row, changes in self.created
            ]
            record_each(self.created_event, by=by, scope=scope, subjects=told)
        if self.changed_event:
            told = [(self.subject(row), changes) for row, _, changes in self.changed]
            record_each(self.changed_event, by=by, scope=scope, subjects=told)

    def _write(self) -> None:
        rows = self.model._default_manager
        rows.bulk_create([row for row, _ in self.created], batch_size=BATCH)
        if self.changed:
            # An upsert on the key: one statement for a thousand rows, where bulk_update writes a
            # case for each row and field.
            rows.bulk_create(
                [row for row, _, _ in self.changed],
                batch_size=BATCH,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=sorted(set().union(*(names for _, names, _ in self.changed))),
            )

    def _without_withheld(self, changes: dict[str, list[str]]) -> dict[str, list[str]]:
        return {
            name: [WITHHELD, WITHHELD] if name in self.withheld else change
            for name, change in changes.items()
        }


@dataclass(frozen=True)
class Asked:
    """Who imports or checks, and what goes with that."""

    by: Person | None
    link: Link | None  # of an invitation, where people can be told an address
    texts: dict[str, bytes]  # beside the sheets, by file name
    progress: Progress
    steps: int  # of the progress
    is_for_saving: bool = False  # then what is read is locked


class Plan:
    """Everything an import would do, and what its planners share while they work it out."""

    def __init__(self, tables: Tables, faults: Faults, asked: Asked) -> None:
        self.tables, self.faults, self.asked = tables, faults, asked
        self.steps: list[Step] = []
        self.programme: Programme | None = None
        self._checked: set[int] = set()  # rows of which only the references are checked
        self.places: dict[str, Place] = {}  # by folded name
        self.organisations: dict[str, Organisation] = {}
        self.cohorts: dict[int, Cohort] = {}
        self.projects: dict[str, dict[int, Project]] = {}  # by folded place, then cohort

    def rows(self, sheet: str) -> Iterator[Row]:
        """The sheet's rows whose key could be read; of the others only the references are checked."""
        declared = sheet_called(sheet)
        for row in self.tables[sheet]:
            if not row.unreadable.intersection(declared.key):
                yield row
            elif id(row) not in self._checked:
                self._checked.add(id(row))
                for column in declared.columns:
                    if isinstance(column.kind, Reference):
                        self.named(row, column)

    def named(self, row: Row, column: Column) -> Place | Organisation | None:
        """What the cell refers to; None, and a fault, if there is no such thing."""
        assert isinstance(column.kind, Reference)
        if column.kind.sheet == "places":
            return self.place_of(row, column.name)
        return self.organisation_of(row, column.name)

    def fault(self, row: Row, column: str, sentence: str) -> None:
        self.faults.add(row.sheet, row.number, column, sentence)

    def warn(self, row: Row, column: str, sentence: str) -> None:
        self.faults.warn(row.sheet, row.number, column, sentence)

    def add(self, step: Step) -> None:
        self.steps.append(step)

    @property
    def by(self) -> Person | None:
        return self.asked.by

    @property
    def by_name(self) -> str:
        return str(self.by) if self.by else SYSTEM

    def place_of(self, row: Row, column: str = "place") -> Place | None:
        return self._named(row, column, self.places, "place", "places")

    def organisation_of(self, row: Row, column: str = "organisation") -> Organisation | None:
        return self._named(row, column, self.organisations, "organisation", "organisations")

    def project_of(self, row: Row) -> Project | None:
        """The project that a row's place, and where needed its cohort, names."""
        place = self.place_of(row)
        if place is None:
            return None
        of_place = self.projects.get(folded(place.name), {})
        number = row["cohort"]
        if not of_place:
            self.fault(
                row,
                "place",
                f"{place.name} has no project in this programme. Add it to the sheet “projects”.",
            )
        elif number is not None and number not in of_place:
            self.fault(
                row,
                "cohort",
                f"{place.name} has no project in cohort {number}; it has one in"
                f" cohort {_listed(of_place)}.",
            )
        elif number is None and len(of_place) > 1:
            self.fault(
                row,
                "cohort",
                f"{place.name} has projects in cohorts {_listed(of_place)}."
                " Say in which cohort this one is.",
            )
        else:
            return of_place[number if number is not None else next(iter(of_place))]
        return None

    def _named(self, row: Row, column: str, held: dict[str, M], what: str, sheet: str) -> M | None:
        name: str | None = row[column]
        if name is None:
            return None
        found = held.get(folded(name))
        if found is None:
            self.fault(
                row,
                column,
                f"There is no {what} called {quoted(name)}, neither on the sheet “{sheet}” nor held"
                f" already.{suggestion(name, (str(known) for known in held.values()))}",
            )
        return found

    def counts(self) -> list[Count]:
        """What would be created, changed and left, in the order in which it is saved."""
        totals: dict[str, Counts] = {}
        for step in self.steps:
            if not step.label:
                continue  # belongs to rows that are counted
            total, more = totals.setdefault(step.label, Counts()), step.counts()
            total.created += more.created
            total.changed += more.changed
            total.same += more.same
        return [
            {"what": label, "created": each.created, "changed": each.changed, "same": each.same}
            for label, each in totals.items()
            if each != Counts()
        ]


def _listed(cohorts: dict[int, Project]) -> str:
    *first, last = [str(number) for number in sorted(cohorts)]
    return f"{', '.join(first)} and {last}" if first else last


Planner = Callable[[Plan], None]
_planners: list[tuple[int, Planner]] = []


def add_planner(planner: Planner, *, order: int) -> None:
    """Rooms above add theirs; lower numbers come first."""
    _planners.append((order, planner))


def planners() -> list[Planner]:
    return [planner for _, planner in sorted(_planners, key=lambda pair: pair[0])]
