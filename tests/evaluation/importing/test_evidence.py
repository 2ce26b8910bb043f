"""Evidence and excerpts in a file: what is saved, once, and what is at fault."""

from datetime import date
from typing import Any

import pytest

from accounts.models import AuditEvent, Person
from evaluation.actions.coding import remove_excerpt
from evaluation.actions.evidence import add_version, withdraw
from evaluation.models import CaseStudy, Coding, Evidence, Excerpt, Source, TextVersion
from evaluation.texts import LONGEST
from programmes.importing.opening import bundled
from programmes.models import Programme
from tests import builders
from tests.programmes.importing import files
from tests.programmes.importing.files import Sheets, small, with_cell

pytestmark = pytest.mark.django_db

TALK = "We had worked apart.\nNow we work together. Together we are quick. 🙂 é and e\u0301."
EVIDENCE = [
    ["place", "source", "title", "date", "speaker_role", "text"],
    ["Dudley", "Interview", "A talk", "14/05/2024", "project partner", TALK],
]
EXCERPTS = [
    ["place", "evidence", "passage", "start", "end", "dimensions", "speaker_role"],
    ["Dudley", "A talk", "Now we work together.", None, None, "Trust; Outcomes", None],
]
FILE = small(evidence=EVIDENCE, excerpts=EXCERPTS)


@pytest.fixture
def staff() -> Person:
    files.frame("Trust", "Outcomes", "Governance, formal and informal")
    return builders.staff(builders.programme(), name="Ada Green")


def imported(sheets: Sheets, by: Person) -> None:
    report = files.imported(sheets, by=by)
    assert not report.faults, report.faults.shown
    by.__dict__.pop("held", None)
    if not by.has_perm("programmes.change_programme", report.programme):
        builders.grant(by, builders.Role.STAFF, report.programme)


def change(row: int, column: int, value: Any, sheet: str = "excerpts") -> Sheets:
    return with_cell(FILE, sheet, row, column, value)


def test_texts_are_kept_in_a_version_and_excerpts_are_cut_from_them(staff: Person) -> None:
    imported(FILE, staff)
    evidence = Evidence.objects.get()
    assert (evidence.reference, evidence.source.kind) == ("E1", "interview")
    assert (evidence.collected_on, evidence.speaker_place) == (date(2024, 5, 14), "Dudley")
    assert evidence.latest_version().text == TALK
    excerpt = Excerpt.objects.get()
    assert excerpt.quote == "Now we work together."
    assert excerpt.attribution == "project partner, Dudley"
    names = Coding.objects.values_list("dimension__name", flat=True)
    assert set(names) == {"Trust", "Outcomes"}
    assert Source.objects.get().quantity == 1


def test_the_same_file_twice_changes_nothing(staff: Person) -> None:
    imported(FILE, staff)
    events = AuditEvent.objects.count()
    assert files.imported(FILE, by=staff).changes_nothing
    assert AuditEvent.objects.count() == events


def test_the_audit_trail_holds_no_word_of_a_text_or_title(staff: Person) -> None:
    imported(FILE, staff)
    imported(change(2, 5, "chief executive", "evidence"), staff)
    told = str(list(AuditEvent.objects.values_list("subject_name", "changes")))
    assert AuditEvent.objects.filter(kind="evaluation.evidence_changed").exists()
    assert not any(words in told for words in ("A talk", "together", "project partner", "chief"))


def test_a_changed_text_is_a_new_version(staff: Person) -> None:
    imported(FILE, staff)
    imported(change(2, 6, TALK + " More.", "evidence"), staff)
    assert [version.number for version in TextVersion.objects.order_by("number")] == [1, 2]
    assert Excerpt.objects.count() == 1  # the passage is the same, so the excerpt is


def test_a_correction_made_since_is_not_undone(staff: Person) -> None:
    imported(FILE, staff)
    add_version(evidence=Evidence.objects.get(), text="Corrected.", by=staff)
    assert files.imported(FILE, by=staff).changes_nothing


def test_what_was_withdrawn_or_removed_stays_so(staff: Person) -> None:
    imported(FILE, staff)
    remove_excerpt(excerpt=Excerpt.objects.get(), by=staff)
    report = files.imported(FILE, by=staff)
    assert report.changes_nothing
    assert "was removed" in str(report.faults.warnings[0])
    withdraw(evidence=Evidence.objects.get(), reason="Consent withdrawn", by=staff)
    report = files.imported(FILE, by=staff)
    assert report.changes_nothing
    assert all("was withdrawn" in str(warning) for warning in report.faults.warnings)


def test_excerpts_may_point_into_texts_that_are_held(staff: Person) -> None:
    imported(small(evidence=EVIDENCE), staff)
    builders.grant(staff, builders.Role.EVALUATOR, Programme.objects.get(name="Better Together"))
    only = {"programme": FILE["programme"], "excerpts": EXCERPTS}
    imported(only, staff)
    assert Excerpt.objects.get().quote == "Now we work together."


@pytest.mark.parametrize("passage", ["Now we work together.", "We never said this."])
def test_no_fault_tells_staff_what_a_held_text_says(staff: Person, passage: str) -> None:
    imported(small(evidence=EVIDENCE), staff)
    only = small(excerpts=change(2, 3, passage)["excerpts"])
    (fault,) = files.faults(only, by=staff)
    assert "only evaluators may cut passages from one that is held" in fault


def test_no_fault_tells_staff_the_title_of_a_held_text(staff: Person) -> None:
    imported(small(evidence=EVIDENCE), staff)
    only = small(excerpts=change(2, 2, "A tlak")["excerpts"])
    assert "A talk" not in files.faults(only, by=staff)[0]
    builders.grant(staff, builders.Role.EVALUATOR, Programme.objects.get(name="Better Together"))
    assert "Did you mean “A talk”?" in files.faults(only, by=staff)[0]


def test_staff_of_another_programme_are_told_nothing_of_what_is_held(staff: Person) -> None:
    imported(FILE, staff)
    stranger = builders.staff(builders.programme())
    (fault,) = files.faults(change(2, 2, "A tlak"), by=stranger)
    assert "only its staff may import into it" in fault


def test_an_excerpt_gains_codings_and_a_speaker(staff: Person) -> None:
    imported(FILE, staff)
    sheets = with_cell(change(2, 6, "Governance, formal and informal"), "excerpts", 2, 7, "GP")
    imported(sheets, staff)
    assert Coding.objects.count() == 3
    assert Excerpt.objects.get().attribution == "GP, Dudley"


@pytest.mark.parametrize(
    ("passage", "start", "end", "quote"),
    [
        ("worked apart. Now we", None, None, "worked apart.\nNow we"),
        ("ogether", 56, None, None),
        ("Together", None, None, "Together"),
        (None, 0, 2, "We"),
        ("🙂 é and e\u0301", None, None, "🙂 é and e\u0301"),
    ],
)
def test_a_passage_is_found_where_it_stands(
    staff: Person, passage: str | None, start: int | None, end: int | None, quote: str | None
) -> None:
    row = ["Dudley", "A talk", passage, start, end, "Trust"]
    sheets = FILE | {"excerpts": [EXCERPTS[0], row]}
    report = files.imported(sheets, by=staff)
    if quote is None:
        assert report.faults
    else:
        assert Excerpt.objects.get().quote == quote


def test_the_right_one_of_several_is_told_by_its_start(staff: Person) -> None:
    second = TALK.index("ogether", TALK.index("ogether") + 1)
    imported(with_cell(change(2, 3, "ogether"), "excerpts", 2, 4, second), staff)
    assert Excerpt.objects.get().start == second


SOURCES = [["place", "source", "count"], ["Dudley", "interview", 3], ["Dudley", "MOU", 1]]


def test_texts_are_among_the_sources_that_are_counted(staff: Person) -> None:
    imported(FILE | {"sources": SOURCES}, staff)
    assert dict(Source.objects.values_list("kind", "quantity")) == {
        "interview": 3,
        "memorandum of understanding": 1,
    }
    more = with_cell(FILE | {"sources": SOURCES}, "sources", 2, 3, 4)
    imported(more, staff)
    event = AuditEvent.objects.filter(kind="evaluation.sources_declared").latest("pk")
    assert event.changes == {"Interview": ["3", "4"]}


def test_a_later_text_takes_a_counted_place_first(staff: Person) -> None:
    imported(small(sources=SOURCES), staff)
    imported(FILE, staff)
    assert Source.objects.get(kind="interview").quantity == 3


TWO_COHORTS = [
    ["place", "cohort", "focus"],
    ["Dudley", 1, "Ageing"],
    ["Dudley", 2, "Food"],
    ["Kent", 1, "Housing"],
]
MORE = [*EVIDENCE, ["Kent", "Minutes", "A talk", None, None, "Other words."]]


def excerpt(row: list[Any]) -> Sheets:
    return FILE | {"excerpts": [EXCERPTS[0], row]}


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        (change(2, 1, "Leeds", "evidence"), "evidence, row 2, place: There is no place called “Leeds”"),
        (change(2, 2, "rumour", "evidence"), "evidence, row 2, source: “rumour” is not a kind of source"),
        (change(2, 4, "soon", "evidence"), "evidence, row 2, date: “soon” is not a date"),
        (change(2, 6, None, "evidence"), "evidence, row 2, text: Fill in either the text, or the name"),
        (FILE | {"evidence": [*EVIDENCE, EVIDENCE[1]]}, "evidence, row 3, place: This row says the same"),
        (FILE | {"projects": TWO_COHORTS}, "row 2, cohort: Dudley has projects in cohorts 1 and 2"),
        (FILE | {"projects": [TWO_COHORTS[0], TWO_COHORTS[3]]}, "Dudley has no project in this programme."),
        (FILE | {"sources": [["place", "cohort", "source", "count"], ["Kent", 2, "minutes", 1]]},
         "sources, row 2, cohort: Kent has no project in cohort 2; it has one in cohort 1."),
        (FILE | {"sources": [["place", "cohort", "source", "count"], ["Kent", 1, "minutes", 1],
                             ["Kent", None, "Minutes", 2]]},
         "sources, row 3, source: Row 2 counts these sources too."),
        (FILE | {"evidence": [*EVIDENCE, ["Dudley", "Interview", "Other", None, None, "Words."]],
                 "sources": [SOURCES[0], ["Dudley", "interview", 1]]},
         "sources, row 2, count: 2 sources of the kind “Interview” have their text here"),
        (change(2, 2, "A walk"), "excerpts, row 2, evidence: No text has the title “A walk”"),
        (change(2, 2, "A tal"), "Did you mean “A talk”?"),
        (change(2, 1, "Leeds"), "excerpts, row 2, place: There is no place called “Leeds”"),
        (with_cell(FILE | {"evidence": MORE}, "excerpts", 2, 1, None), "row 2, place: 2 texts have"),
        (change(2, 3, "Never said."), "excerpts, row 2, passage: These words do not stand in the text"),
        (change(2, 3, "ogether"), "excerpts, row 2, passage: These words stand 2 times in the text."),
        (change(2, 3, None), "excerpts, row 2, passage: Fill in the passage, or both"),
        (change(2, 6, "Hope"), "excerpts, row 2, dimensions: There is no dimension called “Hope”."),
        (change(2, 6, "Trusst"), "Did you mean “Trust”?"),
        (change(2, 6, None), "excerpts, row 2, dimensions: This cell is empty."),
        (FILE | {"excerpts": [*EXCERPTS, ["Dudley", "A talk", "Now  we work together.", "", "", "Trust"]]},
         "excerpts, row 3, passage: Row 2 is about this passage too."),
        (excerpt(["Dudley", "A talk", None, 5, 5, "Trust"]), "excerpts, row 2, end:"),
        (excerpt(["Dudley", "A talk", None, 0, 999, "Trust"]), "excerpts, row 2, end:"),
        (excerpt(["Dudley", "A talk", None, 2, 3, "Trust"]), "There are only spaces"),
    ],
)  # fmt: skip
def test_faults_are_named_and_nothing_is_saved(staff: Person, sheets: Sheets, fault: str) -> None:
    found = files.faults(sheets, by=staff)
    assert any(fault in line for line in found), found
    files.imported(sheets, by=staff)
    assert not Programme.objects.filter(name="Better Together").exists()


def test_a_text_names_who_added_it_so_the_system_adds_none(staff: Person) -> None:
    assert "Say who imports" in files.faults(FILE)[0]


def test_the_kind_of_a_held_text_is_changed_on_its_page(staff: Person) -> None:
    imported(FILE, staff)
    fault = files.faults(change(2, 2, "Minutes", "evidence"), by=staff)[0]
    assert fault.startswith("evidence, row 2, source: E1 is held as “Interview”.")


def test_a_text_that_fills_its_cell_may_have_been_cut(staff: Person) -> None:
    report = files.checked(
        files.workbook(change(2, 6, "x" * 32_767, "evidence") | {"excerpts": []}), by=staff
    )
    assert "may have been cut off" in str(report.faults.warnings[0])


def as_csv(rows: list[list[Any]]) -> bytes:
    return "\n".join(
        ",".join("" if cell is None else str(cell) for cell in row) for row in rows
    ).encode()


def zip_with(name: str, content: bytes, cell: str, column: str = "text_file") -> bytes:
    evidence = [["place", "source", "title", column], ["Dudley", "interview", "A talk", cell]]
    sheets = {sheet: as_csv(rows) for sheet, rows in small(evidence=evidence).items()}
    return bundled([(f"{sheet}.csv", rows) for sheet, rows in sheets.items()] + [(name, content)])


@pytest.mark.parametrize(
    ("name", "content", "cell", "fault"),
    [
        ("texts/talk.txt", TALK.encode(), "talk.txt", ""),
        ("talk.txt", TALK.encode(), "tallk.txt", "There is no file called “tallk.txt” beside"),
        ("talk.txt", b" \n", "talk.txt", "The file “talk.txt” is empty."),
        ("talk.txt", b"x" * (LONGEST + 1), "talk.txt", f"is longer than {LONGEST:,} characters."),
    ],
)
def test_a_text_may_lie_in_a_file_beside(
    staff: Person, name: str, content: bytes, cell: str, fault: str
) -> None:
    report = files.checked(zip_with(name, content, cell), "programme.zip", by=staff)
    assert fault in " ".join(map(str, report.faults.shown))
    assert bool(report.faults) == bool(fault)


def test_a_file_in_another_encoding_is_read_with_a_warning(staff: Person) -> None:
    content = zip_with("talk.txt", "“Côte”".encode("cp1252"), "talk.txt")
    report = files.checked(content, "programme.zip", by=staff)
    assert "evidence, row 2, text_file: This file is not in UTF-8" in str(report.faults.warnings[0])


@pytest.mark.parametrize("is_held", [False, True])
def test_a_text_with_what_no_text_holds_is_a_fault(staff: Person, is_held: bool) -> None:
    if is_held:
        imported(FILE, staff)
    content = zip_with("other.txt", b"", "a\x07b", column="text")
    (fault,) = files.checked(content, "programme.zip", by=staff).faults.shown
    assert str(fault).startswith("evidence, row 2, text: This cell holds a character")


def test_two_texts_of_one_project_have_two_titles(staff: Person) -> None:
    rows = [["place", "cohort", *EVIDENCE[0][1:]], ["Dudley", 1, *EVIDENCE[1][1:]]]
    rows.append(["Dudley", None, *EVIDENCE[1][1:]])
    fault = files.faults(small(evidence=rows), by=staff)[0]
    assert fault == "evidence, row 3, title: Row 2 has this title too. Give each its own."


def test_a_row_at_fault_leaves_its_excerpts_alone(staff: Person) -> None:
    """One fault, not two: the excerpt's own row is right."""
    assert len(files.faults(change(2, 6, None, "evidence"), by=staff)) == 1


def test_dimensions_of_another_lens_are_named_with_it(staff: Person) -> None:
    other = builders.lens_version("Trust", "Only here")
    imported(change(2, 6, f"Trust; {other.lens.name}: Trust; Only here; d2"), staff)
    versions = Coding.objects.values_list("dimension__version", "dimension__name")
    assert sorted(name for version, name in versions if version == other.pk) == [
        "Only here",
        "Trust",
    ]
    assert Coding.objects.count() == 4


def test_a_name_that_means_several_dimensions_is_asked_for_exactly(staff: Person) -> None:
    for lens in (builders.lens_version("Shared"), builders.lens_version("Shared")):
        assert lens.lens.name
    fault = files.faults(change(2, 6, "Shared"), by=staff)[0]
    assert "2 dimensions are called “Shared”. Write one of: “Lens" in fault


def with_type(type_: str) -> Sheets:
    rows = [["place", "cohort", "focus", "case_study_type"], ["Dudley", 1, "Ageing", type_]]
    return small(projects=rows)


def test_a_case_study_is_started_of_the_type_that_is_named(staff: Person) -> None:
    imported(with_type("Mid level"), staff)
    case_study = CaseStudy.objects.get()
    assert (case_study.type, case_study.created_by_name) == ("mid-level", "Ada Green")
    assert case_study.sections.count() == 6 + 3
    imported(with_type("full"), staff)
    case_study.refresh_from_db()
    assert (case_study.type, case_study.revision) == ("full", 1)


def test_the_type_of_a_case_study_that_is_not_a_draft_stands(staff: Person) -> None:
    imported(with_type("full"), staff)
    CaseStudy.objects.update(status="approved")
    assert files.faults(with_type("full"), by=staff) == []
    fault = files.faults(with_type("mini"), by=staff)[0]
    assert fault.startswith("projects, row 2, case_study_type: Case study of Dudley is approved as")
