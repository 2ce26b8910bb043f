"""Importing a programme: the whole file is checked first, and saved at once or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.actions.audit import record
from accounts.models import Person
from accounts.secret_links import Link
from programmes.events import ProgrammeEvent
from programmes.importing.faults import Faults
from programmes.importing.grids import Progress, no_progress
from programmes.importing.opening import Opened
from programmes.importing.plans import Asked, Count, Plan, planners
from programmes.importing.sheets import sheets
from programmes.importing.tables import Tables, read_tables
from programmes.models import Programme

LOCK = 0x696D706F7274  # "import", as the number of an advisory lock

# A new programme without these would be an empty page.
NEEDED_BY_A_NEW_PROGRAMME = ("places", "projects")


@dataclass(frozen=True)
class Report:
    """What came of checking or importing a file."""

    faults: Faults
    counts: list[Count]
    programme: Programme | None = None
    is_saved: bool = False

    @property
    def changes_nothing(self) -> bool:
        return not any(row["created"] or row["changed"] for row in self.counts)


def check_import(
    opened: Opened,
    *,
    by: Person | None,
    link: Link | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Every fault, or what an import would create and change. Nothing is written."""
    asked = Asked(by, link, opened.texts, progress, steps=len(planners()))
    plan = _planned(opened, asked)
    held = plan.programme if plan.programme and plan.programme.pk else None
    return Report(plan.faults, [] if plan.faults else plan.counts(), held)


def import_programme(
    opened: Opened,
    *,
    file_name: str,
    by: Person | None,
    link: Link | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Check the file again, and unless something is wrong, save all of it. `by=None` is an operator.

    `link` makes the address of an invitation from its secret; without it nobody can be invited.
    """
    asked = Asked(by, link, opened.texts, progress, steps=2 * len(planners()), is_for_saving=True)
    try:
        with transaction.atomic():
            return _imported(opened, asked, file_name)
    except IntegrityError as error:
        raise ValidationError(
            "Something that this file is about was changed at the same moment, or is held already"
            " under a name that is written a little differently. Nothing was saved. Check the names,"
            " and check the file again."
        ) from error


def _imported(opened: Opened, asked: Asked, file_name: str) -> Report:
    # Imports come one by one: two at once would each think the other's rows are new.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    plan = _planned(opened, asked)
    if plan.faults or plan.programme is None:
        return Report(plan.faults, [])
    half = asked.steps // 2
    for done, step in enumerate(plan.steps):
        asked.progress(half + done * half // len(plan.steps), asked.steps, f"Saving {step.label}")
        step.save(by=asked.by, programme=plan.programme)
    report = Report(plan.faults, plan.counts(), plan.programme, is_saved=True)
    if not report.changes_nothing:
        record(
            ProgrammeEvent.IMPORTED,
            by=asked.by,
            subject=plan.programme,
            scope=plan.programme,
            changes={"file": ["", file_name], **_told(report.counts)},
        )
    asked.progress(asked.steps, asked.steps, "")
    return report


def _order(faults: Faults) -> None:
    """As they stand in the file; those of the file itself first."""
    position = {sheet.name: number for number, sheet in enumerate(sheets(), start=1)}
    for listed in (faults.shown, faults.warnings):
        listed.sort(key=lambda fault: (position.get(fault.sheet, 0), fault.row))


def _told(counts: list[Count]) -> dict[str, list[str]]:
    return {
        row["what"]: ["", f"{row['created']} created, {row['changed']} changed"]
        for row in counts
        if row["created"] or row["changed"]
    }


def _planned(opened: Opened, asked: Asked) -> Plan:
    faults = Faults()
    asked.progress(0, asked.steps, "Reading the file")
    tables = read_tables(opened.grids, faults)
    plan = Plan(tables, faults, asked)
    # Where a sheet or a column is missing, every reference to it would be a fault too.
    if tables.is_whole and not _note_missing(tables, ["programme"], faults):
        _run_planners(plan)
    _order(faults)
    return plan


def _run_planners(plan: Plan) -> None:
    first, *others = planners()
    first(plan)
    if plan.programme is None:
        return
    is_new = plan.programme.pk is None
    if is_new and _note_missing(plan.tables, NEEDED_BY_A_NEW_PROGRAMME, plan.faults):
        return
    for done, planner in enumerate(others, start=1):
        plan.asked.progress(done, plan.asked.steps, "Checking the rows")
        planner(plan)


def _note_missing(tables: Tables, wanted: Iterable[str], faults: Faults) -> bool:
    missing = [name for name in wanted if name not in tables]
    for name in missing:
        sheet = next(sheet for sheet in sheets() if sheet.name == name)
        faults.add(name, 0, "", f"The sheet “{name}” is missing. {sheet.explanation}")
    return bool(missing)
