"""CSV files as people save them: encodings, delimiters, quotes."""

from pathlib import Path

import pytest

from programmes.importing import separated
from programmes.importing.faults import Refused
from programmes.importing.grids import Grid
from programmes.importing.opening import bundled, read, read_path
from programmes.importing.separated import read_separated
from programmes.importing.sheets import known_headings


def grid(content: bytes) -> Grid:
    return read_separated("places", content, known_headings())


@pytest.mark.parametrize(
    "content",
    [
        "place,region\nCôte,West\n".encode(),
        "\ufeffplace,region\r\nCôte,West\r\n".encode(),
        "place;region\nCôte;West\n".encode(),
        "place\tregion\nCôte\tWest\n".encode(),
        "place,region\nCôte,West\n".encode("utf-16"),
        '"place","region"\n"Côte","West",,\n'.encode(),
    ],
)
def test_encodings_and_delimiters_are_recognised(content: bytes) -> None:
    found = grid(content)
    assert found.rows == [(1, ["place", "region"]), (2, ["Côte", "West"])]
    assert not found.warnings


def test_windows_encoding_is_read_with_a_warning() -> None:
    found = grid("place,note\nKent,“Garden of England”\n".encode("cp1252"))
    assert found.rows[1] == (2, ["Kent", "“Garden of England”"])
    assert "seen at line 2" in found.warnings[0].sentence


def test_a_comma_and_a_line_end_may_stand_in_quotes() -> None:
    found = grid(b'place,note\n"Bournemouth, Dorset","one\ntwo"\n\nKent,\n')
    assert found.rows[1:] == [(2, ["Bournemouth, Dorset", "one\ntwo"]), (4, ["Kent"])]


@pytest.mark.parametrize("content", [b'place\n"Kent\nDudley', b'place\n"Kent" x,\n'])
def test_quotation_marks_that_are_not_closed_are_a_fault(content: bytes) -> None:
    (fault,) = grid(content).faults
    assert fault.row == 2
    assert "not closed" in fault.sentence


@pytest.mark.parametrize(("limit", "reason"), [("MAX_ROWS", "rows"), ("MAX_COLUMNS", "columns")])
def test_a_file_has_its_limits(monkeypatch: pytest.MonkeyPatch, limit: str, reason: str) -> None:
    monkeypatch.setattr(separated, limit, 1)
    with pytest.raises(Refused, match=f"more than 1 {reason}"):
        grid(b"place,region\nKent,x\n")


def test_a_folder_and_a_zip_of_it_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "places.csv").write_bytes(b"place\nKent\n")
    (tmp_path / "texts" / "one.txt").write_bytes(b"words")
    (tmp_path / "other.pdf").write_bytes(b"%PDF")
    files = [("places.csv", b"place\nKent\n"), ("texts/one.txt", b"words")]
    assert read_path(tmp_path, set()) == read("any.zip", bundled(files), set())
    assert read_path(tmp_path / "places.csv", set()).grids == read_path(tmp_path, set()).grids


def test_a_folder_without_a_csv_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no CSV file in this folder"):
        read_path(tmp_path, set())
