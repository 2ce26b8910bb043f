"""The sheet of evidence: new texts, new versions of texts that are held, and their details."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max

from documents.texts import normalise
from evaluation.actions.evidence import WITHHELD_FIELDS
from evaluation.events import EvidenceEvent
from evaluation.importing.sources import Sources
from evaluation.models import Evidence, TextVersion
from evaluation.texts import LONGEST, digest
from programmes.importing.faults import quoted
from programmes.importing.own_plans import renamed
from programmes.importing.plans import Batch, Plan
from programmes.importing.separated import decoded
from programmes.importing.tables import Row
from programmes.importing.words import folded, suggestion
from programmes.models import Project

NOBODY = "Texts name who added them. Say who imports: --by and their e-mail address."
WORKBOOK_CELL = 32_767


@dataclass
class Held:
    """One item of evidence and the version of its text that the file means. Either may be new."""

    evidence: Evidence
    version: TextVersion | None  # None where the row is at fault
    is_passed_over: bool = False  # withdrawn
    is_in_file: bool = False  # its text is, so whoever wrote the file has read it


class Texts:
    """The evidence of all projects of the programme, held and on the sheet, by project and title."""

    def __init__(self, plan: Plan, sources: Sources) -> None:
        self.plan, self.sources = plan, sources
        self.items = Batch(
            "evidence",
            Evidence,
            EvidenceEvent.ADDED,
            EvidenceEvent.CHANGED,
            withheld=frozenset(WITHHELD_FIELDS),
        )
        self.first_versions: Batch[TextVersion] = Batch("", TextVersion, None, None)
        self.later_versions = Batch(
            "new versions of texts",
            TextVersion,
            EvidenceEvent.TEXT_REPLACED,
            None,
            subject=lambda version: version.evidence,
        )
        for batch in (self.items, self.first_versions, self.later_versions):
            plan.add(batch)
        self.by_title: dict[str, list[Held]] = {}
        self.versions: dict[int, list[TextVersion]] = {}  # of held evidence, without their texts
        self.numbers: dict[int, int] = {}  # the highest, by the project's identity
        self._read_held()

    def _read_held(self) -> None:
        held = [project for many in self.plan.projects.values() for project in many.values()]
        projects = {project.pk: project for project in held if project.pk}
        versions = TextVersion.objects.filter(evidence__project__in=projects).order_by("number")
        for version in versions.defer("text", "warnings"):
            self.versions.setdefault(version.evidence_id, []).append(version)
        items = Evidence.objects.filter(project__in=projects).select_related("source")
        for evidence in items:
            evidence.project = projects[evidence.project_id]
            latest = self.versions[evidence.pk][-1]
            self._note(Held(evidence, latest, evidence.is_withdrawn))
        highest = items.order_by().values_list("project").annotate(Max("number"))
        self.numbers = {id(projects[pk]): number for pk, number in highest}

    def _note(self, held: Held) -> None:
        self.by_title.setdefault(folded(held.evidence.title), []).append(held)

    def found(self, title: str, project: Project | None) -> list[Held]:
        """The items of this title, of one project if it is given. Standing ones before withdrawn ones."""
        items = [
            held
            for held in self.by_title.get(folded(title), [])
            if project is None or held.evidence.project is project
        ]
        return [held for held in items if not held.is_passed_over] or items

    @cached_property
    def may_be_read(self) -> bool:
        """Staff import texts, but only evaluators may learn from a fault what a held one says."""
        by, programme = self.plan.by, self.plan.programme
        return by is None or by.has_perm("evaluation.view_evidence", programme)

    def titles(self, project: Project | None) -> Iterable[str]:
        """Those to suggest where one is misspelt."""
        for items in self.by_title.values():
            for held in items:
                is_meant = project is None or held.evidence.project is project
                if is_meant and (held.is_in_file or self.may_be_read):
                    yield held.evidence.title

    def read(self) -> None:
        rows = list(self.plan.rows("evidence"))
        if rows and self.plan.by is None:
            self.plan.faults.add("evidence", 0, "", NOBODY)
        seen: dict[tuple[int, str], Row] = {}
        for row in rows:
            project = self.plan.project_of(row)
            if project is None:
                continue
            earlier = seen.setdefault((id(project), folded(row["title"])), row)
            if earlier is not row:
                self.plan.fault(
                    row, "title", f"Row {earlier.number} has this title too. Give each its own."
                )
                continue
            self._read_row(row, project)

    def _read_row(self, row: Row, project: Project) -> None:
        text = self._text(row)
        found = self.found(row["title"], project)
        if not found:
            self._add(row, project, text)
        elif found[0].is_passed_over:
            self.plan.warn(
                row,
                "title",
                f"{found[0].evidence.reference} was withdrawn, so this row is passed over.",
            )
            self.items.same += 1
        else:
            self._compare(row, found[0], text)

    def _text(self, row: Row) -> str | None:
        """The row's text as it is to be stored; None, and a fault, if there is none."""
        given = row["text"]
        if "text" in row.unreadable or "text_file" in row.unreadable:
            return None
        if bool(given) == bool(row["text_file"]):
            self.plan.fault(
                row, "text", "Fill in either the text, or the name of the file that holds it."
            )
            return None
        if row["text_file"]:
            given = self._file_text(row)
            if given is None:
                return None
        elif len(given) == WORKBOOK_CELL:
            self.plan.warn(
                row,
                "text",
                "This text fills its cell to the last character, so it may have been cut off.",
            )
        return normalise(given).text

    def _file_text(self, row: Row) -> str | None:
        name = row["text_file"]
        content = self.plan.asked.texts.get(name)
        if content is None:
            self.plan.fault(
                row,
                "text_file",
                f"There is no file called {quoted(name)} beside the CSV files."
                f"{suggestion(name, self.plan.asked.texts)}",
            )
            return None
        text, remarks = decoded(content)
        for remark in remarks:
            self.plan.warn(row, "text_file", remark.sentence)
        text = normalise(text).text.strip()
        if not text or len(text) > LONGEST:
            what = "is empty" if not text else f"is longer than {LONGEST:,} characters"
            self.plan.fault(row, "text_file", f"The file {quoted(name)} {what}.")
            return None
        return text

    def _add(self, row: Row, project: Project, text: str | None) -> None:
        kind: str = row["source"] or ""
        number = self.numbers[id(project)] = self.numbers.get(id(project), 0) + 1
        evidence = Evidence(
            project=project,
            source=self.sources.source_of_new_text(project, kind),
            number=number,
            title=row["title"],
            created_by=self.plan.by,
            created_by_name=self.plan.by_name,
            **{"speaker_place": project.place.name, **self._details(row)},
        )
        self.items.create(evidence, {"kind": ["", evidence.source.get_kind_display()]})
        version = None if text is None else self._version(evidence, 1, text)
        if version is not None:
            self.first_versions.create(version)
        self._note(Held(evidence, version, is_in_file=True))

    def _compare(self, row: Row, held: Held, text: str | None) -> None:
        evidence = held.evidence
        if row["source"] and row["source"] != evidence.source.kind:
            self.plan.fault(
                row,
                "source",
                f"{evidence.reference} is held as “{evidence.source.get_kind_display()}”."
                " Write that, or change it on its page first.",
            )
        self.items.compare(evidence, self._details(row))
        if text is None:
            return
        held.is_in_file = True
        versions = self.versions[evidence.pk]
        known = {version.sha256: version for version in versions}
        if same := known.get(digest(text)):
            # Also where somebody has corrected the text since: the file is not newer than that.
            held.version = same
            return
        latest = versions[-1].number
        held.version = self._version(evidence, latest + 1, text)
        self.later_versions.create(
            held.version, {"version": [str(latest), str(held.version.number)]}
        )

    def _details(self, row: Row) -> dict[str, object]:
        return renamed(
            row, date="collected_on", speaker_role="speaker_role", speaker_place="speaker_place"
        )

    def _version(self, evidence: Evidence, number: int, text: str) -> TextVersion:
        return TextVersion(
            evidence=evidence,
            number=number,
            text=text,
            length=len(text),
            sha256=digest(text),
            created_by=self.plan.by,
            created_by_name=self.plan.by_name,
        )
