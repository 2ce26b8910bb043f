"""From a file or a folder to grids: what it is, is told by its content, never by its name."""

import io
import zipfile
from pathlib import Path, PurePosixPath

from programmes.importing.archives import opened_safely
from programmes.importing.faults import Refused
from programmes.importing.grids import Grid
from programmes.importing.separated import read_separated
from programmes.importing.workbooks import NOT_A_WORKBOOK, read_workbook

MAX_FILE = 20 * 1024 * 1024

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx protected with a password
EPOCH = (1980, 1, 1, 0, 0, 0)  # so that the same files make the same bundle

EMPTY = "This file is empty. Choose a file that has something in it."
PROTECTED = (
    "This workbook is protected with a password."
    " Open it in Excel, remove the password, and save it again."
)
OLD = (
    "This is a workbook of the old Excel format (.xls), whatever its name says."
    " Open it in Excel and save it as an Excel workbook (.xlsx)."
)


def read(name: str, content: bytes, headings: set[str]) -> list[Grid]:
    """The grids of a workbook, a CSV file, or a zip of CSV files. Raises Refused."""
    if not content.strip():
        raise Refused(EMPTY)
    if len(content) > MAX_FILE:
        raise Refused(f"This file is larger than {MAX_FILE // 2**20} MB. Split it.")
    if content.startswith(OLE):
        raise Refused(PROTECTED if "EncryptedPackage".encode("utf-16-le") in content else OLD)
    if content.startswith((ZIP, EMPTY_ZIP)):
        return _from_zip(name, content, headings)
    if name.lower().endswith((".xlsx", ".xls")):
        raise Refused(NOT_A_WORKBOOK)
    return [read_separated(sheet_name(name), content, headings)]


def read_path(path: Path, headings: set[str]) -> list[Grid]:
    """The same for the command line, where it may be a folder of CSV files."""
    if not path.is_dir():
        return read(path.name, path.read_bytes(), headings)
    files = sorted(path.glob("*.csv"))
    if not files:
        raise Refused("There is no CSV file in this folder.")
    return read(path.name, bundled([(file.name, file.read_bytes()) for file in files]), headings)


def bundled(files: list[tuple[str, bytes]]) -> bytes:
    """Several CSV files as one zip, which is the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def sheet_name(file_name: str) -> str:
    return PurePosixPath(file_name).stem


def _from_zip(name: str, content: bytes, headings: set[str]) -> list[Grid]:
    archive = opened_safely(content)
    members = [entry for entry in archive.namelist() if _is_csv(entry)]
    if members and "[Content_Types].xml" not in archive.namelist():
        return [
            read_separated(sheet_name(entry), archive.read(entry), headings) for entry in members
        ]
    if name.lower().endswith(".zip") and "[Content_Types].xml" not in archive.namelist():
        raise Refused("There is no CSV file in this zip file.")
    return read_workbook(content)


def _is_csv(entry: str) -> bool:
    """A Mac adds files beside the real ones, with names that begin with a dot or `__MACOSX`."""
    path = PurePosixPath(entry)
    return (
        path.suffix.lower() == ".csv"
        and not path.name.startswith(".")
        and path.parts[0] != "__MACOSX"
    )
