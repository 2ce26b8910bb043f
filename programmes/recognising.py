"""What an uploaded file is, told by its content; its name only tells apart kinds of plain text."""

import codecs
import io
import unicodedata
from enum import Enum
from pathlib import PurePath

from pypdf import PdfReader

from programmes.importing.archives import opened_safely
from programmes.importing.faults import Refused


class FileKind(Enum):
    WORD = "Word document"
    PDF = "PDF"
    WORKBOOK = "Excel workbook"
    TABLE = "CSV file"
    PLAIN = "plain text"


class NotTaken(Exception):
    """A file that is not taken: `what` it is, and what to do `instead`; None where each room says so."""

    def __init__(self, what: str, instead: str | None = None) -> None:
        super().__init__(f"{what} {instead or ''}".strip())
        self.what = what
        self.instead = instead


ACCEPTED = "Word (.docx), PDF, plain text (.txt, .md), Excel (.xlsx) or CSV"
SAVE_AS_WORD = "Open it and save it as a Word document (.docx) or a PDF."
PICTURE = "This is a picture."
SOUND = "This is a sound recording."
RECORDING = "This is a recording."
WEB_PAGE = "This is a web page."
UNKNOWN = "This kind of file cannot be read."

# How the bytes begin, and what to say.
REFUSED_BEGINNINGS: list[tuple[bytes, tuple[str, str | None]]] = [
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        (
            "This is an old or password-protected Office file.",
            "Open it in Office, take the password off, and save it as .docx or .xlsx.",
        ),
    ),
    (b"{\\rtf", ("This is a rich text file (.rtf).", SAVE_AS_WORD)),
    (b"\x89PNG", (PICTURE, None)),
    (b"\xff\xd8\xff", (PICTURE, None)),
    (b"GIF8", (PICTURE, None)),
    (b"II*\0", (PICTURE, None)),
    (b"MM\0*", (PICTURE, None)),
    (b"BM", (PICTURE, None)),
    (b"ID3", (SOUND, None)),
    (b"OggS", (SOUND, None)),
    (b"\x1a\x45\xdf\xa3", (RECORDING, None)),
]
# What lies inside a zip archive, and what to say.
REFUSED_PARTS: dict[str, tuple[str, str]] = {
    "word/vbaProject.bin": (
        "This Word document holds macros.",
        "Save it without them, as .docx.",
    ),
    "xl/vbaProject.bin": ("This workbook holds macros.", "Save it without them, as .xlsx."),
    "xl/workbook.bin": ("This is a binary workbook (.xlsb).", "Save it as .xlsx."),
    "ppt/presentation.xml": ("This is a presentation.", "Save it as a PDF."),
    "Index/Document.iwa": ("This is an Apple iWork file.", SAVE_AS_WORD),
    "Index.zip": ("This is an Apple iWork file.", SAVE_AS_WORD),
    "content.xml": ("This is an OpenDocument file.", SAVE_AS_WORD),
    "META-INF/container.xml": ("This is an e-book.", SAVE_AS_WORD),
}
# How a file's name may end.
ENDINGS = {
    FileKind.WORD: (".docx",),
    FileKind.PDF: (".pdf",),
    FileKind.WORKBOOK: (".xlsx",),
    FileKind.TABLE: (".csv", ".tsv"),
    FileKind.PLAIN: (".txt", ".md"),
}
TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def recognise(file_name: str, content: bytes) -> FileKind:
    """The kind of a file. Raises NotTaken for those that no room takes."""
    if not content.strip():
        raise NotTaken("This file is empty.", "Choose a file that has something in it.")
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(content)
    for beginning, sentences in REFUSED_BEGINNINGS:
        if content.startswith(beginning):
            raise NotTaken(*sentences)
    _refuse_other_binaries(content)
    if PurePath(file_name).suffix.lower() in (".csv", ".tsv"):
        return FileKind.TABLE
    return FileKind.PLAIN


def refuse_locked_pdf(content: bytes) -> None:
    """Raise NotTaken for a PDF that its readers could not open."""
    try:
        reader = PdfReader(io.BytesIO(content))
        # Many are encrypted against changes only, and open with no password.
        is_locked = reader.is_encrypted and not reader.decrypt("")
    except Exception as error:  # a damaged or hostile file makes pypdf raise nearly anything
        raise NotTaken("This PDF is damaged.", "Save it again as a PDF.") from error
    if is_locked:
        raise NotTaken(
            "This PDF is protected by a password.", "Take the password off, and choose it again."
        )


def fitting_name(file_name: str, kind: FileKind) -> str:
    """The name without characters that nobody sees, ending as the content says: never `plan.exe`."""
    seen = "".join(each for each in file_name if unicodedata.category(each)[0] != "C").strip()
    endings = ENDINGS[kind]
    return seen if seen.lower().endswith(endings) else f"{seen}{endings[0]}"


def _in_archive(content: bytes) -> FileKind:
    try:
        names = set(opened_safely(content).namelist())
    except Refused as refusal:
        raise NotTaken(str(refusal), "") from refusal
    for part, sentences in REFUSED_PARTS.items():
        if part in names:
            raise NotTaken(*sentences)
    if "word/document.xml" in names:
        return FileKind.WORD
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    raise NotTaken("This is a zip file.", "Unpack it and choose one of its files.")


def _refuse_other_binaries(content: bytes) -> None:
    """HEIC pictures and MP4 recordings carry their mark further in; other binaries hold nulls."""
    if content[4:8] == b"ftyp":
        raise NotTaken(PICTURE if content[8:11] in (b"hei", b"mif", b"avi") else RECORDING)
    if content[:4] == b"RIFF":
        raise NotTaken(PICTURE if content[8:12] == b"WEBP" else RECORDING)
    if b"\0\0\0" in content and not content.startswith(TEXT_MARKS):
        raise NotTaken(UNKNOWN)
    if content.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise NotTaken(WEB_PAGE)
