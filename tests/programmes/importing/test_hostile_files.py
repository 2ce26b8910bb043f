"""Files that are not what they are called, that are damaged, or that want to do harm."""

import io
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from programmes.importing import archives, opening, workbooks
from programmes.importing.faults import Refused
from programmes.importing.opening import OLE, Opened, bundled, read
from programmes.importing.sheets import known_headings
from programmes.importing.workbooks import CHUNK
from tests.programmes.importing.files import small, workbook


def opened(content: bytes, name: str = "file.xlsx") -> Opened:
    return read(name, content, known_headings())


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A good workbook of which one part was changed."""
    parts = parts_of(workbook(small()))
    return zipped(parts | {name: change(parts.get(name, b""))})


FIRST_SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    return with_part(FIRST_SHEET, lambda _: b"<worksheet>" + b" " * (300 * 1024 * 1024))


def small_bomb() -> bytes:
    """One that keeps under the limit of all parts together."""
    return with_part(FIRST_SHEET, lambda _: b" " * (20 * 1024 * 1024))


def lying_bomb() -> bytes:
    """A bomb whose directory says that it is small."""
    content = small_bomb()
    return content.replace((20 * 1024 * 1024).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def entities(declaration: bytes) -> bytes:
    return with_part(FIRST_SHEET, lambda part: declaration + part)


def with_shared_string(number: int) -> bytes:
    """As Excel itself writes words: a number in the cell, the words in a part of their own."""
    parts = parts_of(workbook(small()))
    parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(
        b'<c r="A1" t="inlineStr"><is><t>name</t></is></c>',
        f'<c r="A1" t="s"><v>{number}</v></c>'.encode(),
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{space}"><si><t>other</t></si><si><r><t>na</t></r><r><t>me</t></r></si></sst>'
    ).encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats'
        b'-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    return zipped(parts)


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def locked() -> bytes:
    """A zip file whose directory says that its one entry is encrypted."""
    content = zipped({"places.csv": b"place"})
    at = content.rindex(b"PK\x01\x02") + 8
    return content[:at] + b"\x01" + content[at + 1 :]


REFUSALS = [
    (locked(), "file.zip", "protected with a password"),
    (b"", "file.xlsx", "empty"),
    (b" \r\n ", "file.csv", "empty"),
    (OLE + b"\0" * 600, "file.xlsx", "old Excel format"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "file.xlsx", "protected with a password"),
    (b"<html><table><tr><td>Kent</table>", "file.xlsx", "named like an Excel workbook"),
    (b"PK\x03\x04 and then nothing", "file.xlsx", "damaged"),
    (zipped({"hello.txt": b"hello"}), "file.xlsx", "named like an Excel workbook"),
    (zipped({"hello.txt": b"hello"}), "file.zip", "no CSV file in this zip"),
    (zipped({}), "file.xlsx", "named like an Excel workbook"),
    (zipped({"content.xml": b"<x/>", "mimetype": b"x"}), "file.xlsx", "OpenDocument"),
    (with_part("xl/workbook.bin", lambda _: b"x"), "file.xlsx", "xlsb"),
    (with_part("xl/vbaProject.bin", lambda _: b"x"), "file.xlsx", "macros"),
    (zipped({"a.csv": b"place"}, zipfile.ZIP_BZIP2), "file.zip", "damaged"),
    (zipped({f"{i}.csv": b"" for i in range(1001)}), "file.zip", "more than 1,000 parts"),
    (with_part(FIRST_SHEET, lambda part: part[: len(part) // 2]), "file.xlsx", "damaged"),
    (with_part("xl/workbook.xml", lambda _: b"not xml"), "file.xlsx", "damaged"),
    (with_shared_string(9), "file.xlsx", "damaged"),
    (entities(LAUGHS), "file.xlsx", "damaged"),
    (entities(LAUGHS.decode().encode("utf-16")), "file.xlsx", "damaged"),
    (entities(b"<!--" + b"x" * 5000 + b"-->" + LAUGHS), "file.xlsx", "damaged"),
    (entities(b"<!--" + b"x" * (CHUNK - 12) + b"-->" + LAUGHS), "file.xlsx", "damaged"),
    (b"place\n\0\0\0", "places.csv", "not a text file"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    REFUSALS,
    ids=[f"{n}-{r}" for n, (_, _, r) in enumerate(REFUSALS)],
)
def test_a_file_is_refused_by_its_content(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        opened(content, name)


@pytest.mark.parametrize("make", [bomb, small_bomb, lying_bomb])
def test_a_bomb_is_not_unpacked(make: Callable[[], bytes]) -> None:
    content = make()
    start = time.perf_counter()
    with pytest.raises(Refused):
        opened(content)
    assert time.perf_counter() - start < 5


def test_many_parts_that_are_small_by_themselves_are_counted_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MAX_INFLATED", 1000)
    with pytest.raises(Refused, match="100 MB"):
        opened(zipped({f"{i}.csv": b"place," * 20 for i in range(20)}), "file.zip")


def test_sizes_are_counted_while_unpacking_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_declared_sizes_are_fair", lambda entries: None)
    monkeypatch.setattr(archives, "MAX_INFLATED", 1000)
    with pytest.raises(Refused, match="100 MB"):
        opened(zipped({"a.csv": zlib.crc32(b"").to_bytes(4, "big") * 500}), "file.zip")


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_FILE", 1024)
    with pytest.raises(Refused, match="larger than"):
        opened(b"place\n" * 1000, "places.csv")


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("MAX_ROWS", "rows"), ("MAX_SHEETS", "sheets"), ("MAX_COLUMNS", "columns")],
)
def test_a_workbook_has_its_limits(
    monkeypatch: pytest.MonkeyPatch, limit: str, reason: str
) -> None:
    monkeypatch.setattr(workbooks, limit, 2)
    with pytest.raises(Refused, match=f"more than 2 {reason}"):
        opened(workbook(small()))


def paint(book: Workbook) -> None:
    fill = PatternFill("solid", fgColor="FFFF00")
    for row in range(4, 100_004):
        book["places"].cell(row, 1).fill = fill


def test_a_hundred_thousand_blank_rows_do_no_harm() -> None:
    """They take no longer than it takes to go through the sheet, and leave no trace."""
    plain, painted = workbook(small()), workbook(small(), paint)
    start = time.perf_counter()
    for sheet in load_workbook(io.BytesIO(painted), read_only=True).worksheets:
        assert sum(1 for _ in sheet.iter_rows()) > 1
    going_through = time.perf_counter() - start
    start = time.perf_counter()
    grids = opened(painted).grids
    assert time.perf_counter() - start < 4 * going_through
    assert [grid.rows for grid in grids] == [grid.rows for grid in opened(plain).grids]


def test_links_to_other_workbooks_are_formulas_and_never_followed() -> None:
    grids = opened(workbook(small(places=[["place"], ["=[other.xlsx]Sheet1!A1"]]))).grids
    assert "Formula" in repr(grids[1].rows)


def test_files_that_a_mac_adds_are_passed_over() -> None:
    content = bundled([("data/places.csv", b"place\nKent"), ("__MACOSX/._places.csv", b"\0")])
    assert [grid.name for grid in opened(content, "file.zip").grids] == ["places"]


def test_words_that_a_workbook_shares_between_cells_are_read() -> None:
    grids = opened(with_shared_string(1)).grids
    assert grids[0].rows == opened(workbook(small())).grids[0].rows
