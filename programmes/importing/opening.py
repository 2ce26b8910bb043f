"""From a file or a folder to grids: what it is, is told by its content, never by its name."""

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from programmes.importing.archives import opened_safely
from programmes.importing.faults import Refused
from programmes.importing.grids import Grid
from programmes.importing.separated import read_separated
from programmes.importing.workbooks import CONTENT_TYPES, NOT_A_WORKBOOK, read_workbook

MAX_FILE = 20 * 1024 * 1024

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx protected with a password
EPOCH = (1980, 1, 1, 0, 0, 0)  # so that the same files make the same bundle

# Long texts may lie beside the CSV files; a row names the file that holds its text.
TEXTS = (".txt", ".md")

EMPTY = "This file is empty. Choose a file that has something in it."
PROTECTED = (
    "This workbook is protected with a password."
    " Open it in Excel, remove the password, and save it again."
)
OTHER = "Choose an Excel workbook (.xlsx), CSV files (.csv), or a zip file of CSV files."
OLD = (
    "This is a workbook of the old Excel format (.xls), whatever its name says."
    " Open it in Excel and save it as an Excel workbook (.xlsx)."
)


@dataclass
class Opened:
    """What a file holds: its sheets, and the texts beside them by their file names."""

    grids: list[Grid]
    texts: dict[str, bytes] = field(default_factory=dict)


def refuse_at_sight(name: str, content: bytes) -> None:
    """Raise Refused for what its first bytes and its size give away, without reading it."""
    if not content.strip():
        raise Refused(EMPTY)
    if len(content) > MAX_FILE:
        raise Refused(f"This file is larger than {MAX_FILE // 2**20} MB. Split it.")
    if content.startswith(OLE):
        raise Refused(PROTECTED if "EncryptedPackage".encode("utf-16-le") in content else OLD)
    if content.startswith((ZIP, EMPTY_ZIP)):
        return
    if not name.lower().endswith(".csv"):
        raise Refused(NOT_A_WORKBOOK if name.lower().endswith((".xlsx", ".xls")) else OTHER)


def read(name: str, content: bytes, headings: set[str]) -> Opened:
    """What is in a workbook, a CSV file, or a zip of CSV files. Raises Refused."""
    refuse_at_sight(name, content)
    if content.startswith((ZIP, EMPTY_ZIP)):
        return _from_zip(name, content, headings)
    return Opened([read_separated(sheet_name(name), content, headings)])


def read_path(path: Path, headings: set[str]) -> Opened:
    """The same for the command line, where it may be a folder of CSV files."""
    if not path.is_dir():
        return read(path.name, path.read_bytes(), headings)
    wanted = (".csv", *TEXTS)
    files = [
        (str(file.relative_to(path)), file.read_bytes())
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.suffix.lower() in wanted
    ]
    if not any(name.lower().endswith(".csv") for name, _ in files):
        raise Refused("There is no CSV file in this folder.")
    return read(path.name, bundled(files), headings)


def bundled(files: list[tuple[str, bytes]]) -> bytes:
    """Several CSV files as one zip, which is the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def sheet_name(file_name: str) -> str:
    return PurePosixPath(file_name).stem


def _from_zip(name: str, content: bytes, headings: set[str]) -> Opened:
    archive = opened_safely(content)
    names = archive.namelist()
    sheets = [entry for entry in names if _is_kept(entry, ".csv")]
    if CONTENT_TYPES in names or (not sheets and not name.lower().endswith(".zip")):
        return Opened(read_workbook(content))
    if not sheets:
        raise Refused("There is no CSV file in this zip file.")
    return Opened(
        [read_separated(sheet_name(entry), archive.read(entry), headings) for entry in sheets],
        {
            PurePosixPath(entry).name: archive.read(entry)
            for entry in names
            if _is_kept(entry, *TEXTS)
        },
    )


def _is_kept(entry: str, *endings: str) -> bool:
    """A Mac adds files beside the real ones, with names that begin with a dot or `__MACOSX`."""
    path = PurePosixPath(entry)
    return (
        path.suffix.lower() in endings
        and not path.name.startswith(".")
        and path.parts[0] != "__MACOSX"
    )
