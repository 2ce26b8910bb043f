"""The workbook to fill in, and the page that explains it: both follow the declaration."""

import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from programmes.actions.imports import check_import
from programmes.actions.uploads import invitations_at
from programmes.importing.explanations import as_markdown
from programmes.importing.opening import read
from programmes.importing.sheets import Column, Sheet, add_sheet, known_headings, sheets
from programmes.importing.template import template_workbook
from tests import builders
from tests.programmes.importing import files

DOCS = Path(__file__).parents[3] / "docs" / "importing.md"


def filled() -> Workbook:
    """The template with the example of each column in its first row."""
    book = load_workbook(io.BytesIO(template_workbook()))
    for sheet in sheets():
        for position, column in enumerate(sheet.columns, start=1):
            book[sheet.name].cell(2, position, column.example or None)
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.django_db
def test_the_template_filled_with_its_examples_is_imported_without_a_fault() -> None:
    files.frame("Building trust")
    staff = builders.staff(builders.programme())
    report = check_import(
        read("filled.xlsx", saved(filled()), known_headings()),
        by=staff,
        link=invitations_at("https://here.example/"),
    )
    assert [str(fault) for fault in report.faults.shown] == []
    assert {(row["created"], row["changed"], row["same"]) for row in report.counts} == {(1, 0, 0)}


def test_an_empty_template_holds_headings_alone() -> None:
    grids = read("template.xlsx", template_workbook(), known_headings()).grids
    declared = {sheet.name: [column.name for column in sheet.columns] for sheet in sheets()}
    assert {grid.name: grid.rows for grid in grids if grid.name in declared} == {
        name: [(1, columns)] for name, columns in declared.items()
    }


def test_its_first_sheet_explains_every_column() -> None:
    page = load_workbook(io.BytesIO(template_workbook())).worksheets[0]
    rows = [row for row in page.iter_rows(values_only=True) if row[1]]
    explained = {(row[0], row[1]) for row in rows}
    assert {(sheet.name, column.name) for sheet in sheets() for column in sheet.columns} < explained


def test_choices_are_offered_in_their_cells() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    offered = {
        str(validation.sqref): validation.formula1
        for validation in book["organisations"].data_validations.dataValidation
    }
    assert offered["B2:B5000"].startswith("'#lists'!$")
    assert book["#lists"].sheet_state == "hidden"


@pytest.mark.django_db
def test_staff_download_it(client: Client) -> None:
    client.force_login(builders.staff(builders.programme()))
    response = client.get(reverse("programmes:import_template"))
    assert response["Content-Disposition"] == 'attachment; filename="placework-import.xlsx"'
    assert response.content.startswith(b"PK")


def test_the_documentation_lists_every_column() -> None:
    """When it fails: put what `as_markdown()` returns between the two marks."""
    _, _, after = DOCS.read_text(encoding="utf-8").partition("<!-- columns -->\n\n")
    assert after.partition("\n<!-- end of columns -->")[0] == as_markdown()


def test_a_sheet_is_declared_once() -> None:
    name = sheets()[0].name
    with pytest.raises(ValueError, match="already"):
        add_sheet(Sheet(name, "", list[Column](), key=(), order=1))
