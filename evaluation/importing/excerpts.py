"""The sheet of excerpts: passages found in the texts, and what they are coded to."""

import re

from django.db.models import Max

from documents.texts import normalise
from evaluation.events import CodingEvent
from evaluation.importing.dimensions import Dimensions, Unknown
from evaluation.importing.evidence import NOBODY, Held, Texts
from evaluation.models import Coding, Excerpt, TextVersion
from evaluation.texts import places_of
from programmes.importing.faults import quoted
from programmes.importing.plans import Batch, Plan
from programmes.importing.tables import Row, names_in
from programmes.importing.words import suggestion
from programmes.models import Dimension, Project

Span = tuple[int, int]
ONLY_EVALUATORS = (
    "This text is not in the file, and only evaluators may cut passages from one that is held."
    " Put it on the sheet “evidence”, or ask an evaluator of the programme."
)


class Excerpts:
    """What the sheet of excerpts comes to."""

    def __init__(self, plan: Plan, texts: Texts) -> None:
        self.plan, self.texts = plan, texts
        self.rows = list(plan.rows("excerpts"))
        self.excerpts = Batch(
            "excerpts",
            Excerpt,
            None,
            CodingEvent.SPEAKER_CHANGED,
            withheld=frozenset({"speaker_role"}),
        )
        self.codings = Batch(
            "codings", Coding, CodingEvent.CODED, None, subject=lambda coding: coding.excerpt
        )
        plan.add(self.excerpts)
        plan.add(self.codings)
        self.held: dict[int, list[Excerpt]] = {}  # by evidence
        self.coded: dict[int, set[int]] = {}  # by excerpt, dimensions, those taken back included
        self.numbers: dict[int, int] = {}
        self.dimensions: Dimensions
        self.planned: dict[tuple[int, int, int], Row] = {}

    def read(self) -> None:
        if not self.rows:
            return
        assert self.plan.programme is not None
        self.dimensions = Dimensions(self.plan.programme)
        if self.plan.by is None:
            self.plan.faults.add("excerpts", 0, "", NOBODY)
        located = [(row, held) for row in self.rows if (held := self._text_of(row))]
        self._read_held(located)
        for row, held in located:
            self._read_row(row, held)

    def _text_of(self, row: Row) -> Held | None:
        """The evidence that the row names; None, and mostly a fault, where it names none."""
        project: Project | None = None
        if row["place"]:
            project = self.plan.project_of(row)
            if project is None:
                return None
        title = row["evidence"]
        found = self.texts.found(title, project)
        if not found:
            self.plan.fault(
                row,
                "evidence",
                f"No text has the title {quoted(title)}, neither on the sheet “evidence” nor held"
                f" already.{suggestion(title, self.texts.titles(project))}",
            )
        elif len(found) > 1:
            column = "evidence" if project else "place"
            what = "Give each its own title." if project else "Say whose it is."
            self.plan.fault(row, column, f"{len(found)} texts have this title. {what}")
        elif found[0].is_passed_over:
            self.plan.warn(
                row,
                "evidence",
                f"{found[0].evidence.reference} was withdrawn, so this row is passed over.",
            )
        elif not (found[0].is_in_file or self.texts.may_be_read):
            self.plan.fault(row, "evidence", ONLY_EVALUATORS)
        elif found[0].version is not None:  # else its own row is at fault
            return found[0]
        return None

    def _read_held(self, located: list[tuple[Row, Held]]) -> None:
        """Texts, excerpts and codings that are held already: three queries, however many rows."""
        versions = {
            held.version.pk: held.version for _, held in located if held.version and held.version.pk
        }
        for version in TextVersion.objects.filter(pk__in=versions):
            versions[version.pk].text = version.text
        evidence = {held.evidence.pk for _, held in located if held.evidence.pk}
        for excerpt in Excerpt.objects.filter(version__evidence__in=evidence).with_quotes():
            self.held.setdefault(excerpt.version.evidence_id, []).append(excerpt)
        coded = Coding.objects.filter(excerpt__version__evidence__in=evidence)
        for excerpt_pk, dimension_pk in coded.values_list("excerpt", "dimension"):
            self.coded.setdefault(excerpt_pk, set()).add(dimension_pk)
        projects = {held.evidence.project.pk: held.evidence.project for _, held in located}
        highest = (
            Excerpt.objects.filter(project__in=[pk for pk in projects if pk])
            .order_by()
            .values_list("project")
            .annotate(Max("number"))
        )
        self.numbers = {id(projects[pk]): number for pk, number in highest}

    def _read_row(self, row: Row, held: Held) -> None:
        assert held.version is not None
        dimensions = self._dimensions(row)
        span = self._span(row, held.version.text)
        if span is None:
            return
        key = (id(held.version), *span)
        earlier = self.planned.setdefault(key, row)
        if earlier is not row:
            self.plan.fault(
                row,
                "passage",
                f"Row {earlier.number} is about this passage too. Write all its dimensions in one row.",
            )
            return
        found = self._held_excerpt(held, span)
        if found is None:
            excerpt = self._cut(row, held, span)
        elif found.removed_at:
            self.plan.warn(
                row, "passage", f"{found.reference} was removed, so this row is passed over."
            )
            self.excerpts.same += 1
            return
        else:
            found.project = held.evidence.project
            values = row.given("speaker_role")
            excerpt = self.excerpts.compare(found, values)
        self._code(excerpt, dimensions)

    def _dimensions(self, row: Row) -> list[Dimension]:
        dimensions = {}
        for name in names_in(row, "dimensions"):
            try:
                dimension = self.dimensions.called(name)
            except Unknown as reason:
                self.plan.fault(row, "dimensions", str(reason))
            else:
                dimensions[dimension.pk] = dimension
        return list(dimensions.values())

    def _span(self, row: Row, text: str) -> Span | None:
        passage, start, end = row["passage"], row["start"], row["end"]
        if passage is None:
            return self._span_by_number(row, text, start, end)
        spans = spans_of(normalise(passage).text, text)
        if start is not None:
            spans = [span for span in spans if span[0] == start]
        if end is not None:
            spans = [span for span in spans if span[1] == end]
        if len(spans) == 1:
            return spans[0]
        self.plan.fault(
            row,
            "passage",
            f"These words stand {len(spans)} times in the text. Write more of them, or “start” too."
            if spans
            else "These words do not stand in the text like this. Copy them from it.",
        )
        return None

    def _span_by_number(
        self, row: Row, text: str, start: int | None, end: int | None
    ) -> Span | None:
        if start is None or end is None:
            self.plan.fault(row, "passage", "Fill in the passage, or both “start” and “end”.")
        elif not start < end <= len(text):
            self.plan.fault(
                row,
                "end",
                f"Write an “end” after the “start”, up to {len(text):,}, where the text ends.",
            )
        elif not text[start:end].strip():
            self.plan.fault(row, "start", "There are only spaces between “start” and “end”.")
        else:
            return start, end
        return None

    def _held_excerpt(self, held: Held, span: Span) -> Excerpt | None:
        """The excerpt of this span; or of the same words, where it was carried to another version."""
        assert held.version is not None
        candidates = self.held.get(held.evidence.pk, []) if held.evidence.pk else []
        here = [
            one
            for one in candidates
            if one.version_id == held.version.pk and (one.start, one.end) == span
        ]
        quote = held.version.text[slice(*span)]
        elsewhere = [
            one for one in candidates if one.version_id != held.version.pk and one.quote == quote
        ]
        found = here or elsewhere
        return min(found, key=lambda one: one.removed_at is not None, default=None)

    def _cut(self, row: Row, held: Held, span: Span) -> Excerpt:
        project = held.evidence.project
        number = self.numbers[id(project)] = self.numbers.get(id(project), 0) + 1
        return self.excerpts.create(
            Excerpt(
                project=project,
                version=held.version,
                number=number,
                start=span[0],
                end=span[1],
                speaker_role=row["speaker_role"] or "",
                created_by=self.plan.by,
                created_by_name=self.plan.by_name,
            )
        )

    def _code(self, excerpt: Excerpt, dimensions: list[Dimension]) -> None:
        coded = self.coded.get(excerpt.pk, set()) if excerpt.pk else set()
        for dimension in dimensions:
            if dimension.pk in coded:
                self.codings.same += 1
                continue
            self.codings.create(
                Coding(
                    excerpt=excerpt,
                    dimension=dimension,
                    created_by=self.plan.by,
                    created_by_name=self.plan.by_name,
                ),
                {"dimensions": ["", dimension.name]},
            )


def spans_of(passage: str, text: str) -> list[Span]:
    """Where the words stand; if nowhere as written, then with other spaces and line ends between."""
    exact = [(place, place + len(passage)) for place in places_of(passage, text)]
    if exact:
        return exact
    pattern = r"\s+".join(re.escape(word) for word in passage.split())
    return [found.span() for found in re.finditer(pattern, text)] if pattern else []
