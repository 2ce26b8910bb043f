"""Counts of sources: declared on their sheet, or raised by texts that are added."""

from collections import Counter
from dataclasses import dataclass

from evaluation.events import EvidenceEvent
from evaluation.models import Evidence, Source
from programmes.importing.plans import Batch, Plan
from programmes.importing.tables import Row
from programmes.models import Project


@dataclass
class Tally:
    """One kind of source of one project, while the import is worked out."""

    source: Source
    texts: int = 0  # that are or will be held; withdrawn ones do not count
    row: Row | None = None  # that declares it
    is_touched: bool = False

    @property
    def quantity(self) -> int:
        """As declared; else a new text is one of those counted already, as far as they go."""
        if self.row is not None:
            declared: int = self.row["count"]
            return declared
        return max(self.source.quantity, self.texts)


class Sources:
    """The counts of all projects of the programme. Its batch is saved before the texts' own."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.batch = Batch(
            "sources",
            Source,
            EvidenceEvent.SOURCES_DECLARED,
            EvidenceEvent.SOURCES_DECLARED,
            subject=lambda source: source.project,
        )
        plan.add(self.batch)
        # By the project's identity: it may not have been saved yet.
        self.tallies: dict[tuple[int, str], Tally] = {}
        self._read_held()

    def _read_held(self) -> None:
        held = [project for many in self.plan.projects.values() for project in many.values()]
        projects = {project.pk: project for project in held if project.pk}
        texts = Counter(
            Evidence.objects.filter(project__in=projects, withdrawn_at=None)
            .order_by()
            .values_list("source_id", flat=True)
        )
        for source in Source.objects.filter(project__in=projects):
            source.project = projects[source.project_id]
            key = id(source.project), source.kind
            self.tallies[key] = Tally(source, texts[source.pk])

    def _tally(self, project: Project, kind: str) -> Tally:
        new = Tally(Source(project=project, kind=kind, quantity=0))
        tally = self.tallies.setdefault((id(project), kind), new)
        tally.is_touched = True
        return tally

    def declare(self) -> None:
        for row in self.plan.rows("sources"):
            project = self.plan.project_of(row)
            if project is None or row["count"] is None:
                continue
            tally = self._tally(project, row["source"])
            if tally.row is not None:
                self.plan.fault(
                    row, "source", f"Row {tally.row.number} counts these sources too. Keep one row."
                )
            tally.row = row

    def source_of_new_text(self, project: Project, kind: str) -> Source:
        tally = self._tally(project, kind)
        tally.texts += 1
        return tally.source

    def finish(self) -> None:
        """Plan the counts, now that all texts are known."""
        for tally in self.tallies.values():
            if not tally.is_touched:
                continue
            source, quantity = tally.source, tally.quantity
            kind = source.get_kind_display()
            if tally.row is not None and quantity < tally.texts:
                self.plan.fault(
                    tally.row,
                    "count",
                    f"{tally.texts} sources of the kind “{kind}” have their text here or on the"
                    f" sheet “evidence”. Write {tally.texts} or more.",
                )
            told = {kind: [str(source.quantity), str(quantity)]}
            if source.pk:
                self.batch.compare(source, {"quantity": quantity}, told)
            else:
                source.quantity = quantity
                self.batch.create(source, told)
