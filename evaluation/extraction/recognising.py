"""What a file is, told by its content; its name only tells apart kinds of plain text."""

import codecs
import zipfile
from enum import Enum
from pathlib import PurePath

from evaluation.extraction.outcome import NotReadable
from programmes.importing.archives import opened_safely
from programmes.importing.faults import Refused


class FileKind(Enum):
    WORD = "Word document"
    PDF = "PDF"
    WORKBOOK = "Excel workbook"
    TABLE = "CSV file"
    PLAIN = "plain text"


ACCEPTED = "Word (.docx), PDF, plain text (.txt, .md), Excel (.xlsx) or CSV"
SAVE_AS_WORD = "Open it and save it as a Word document (.docx) or a PDF."
PICTURE = "This is a picture. Type what it says, or have the text recognised first."

# How the bytes begin, and what to say.
REFUSED_BEGINNINGS: list[tuple[bytes, str]] = [
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This is an old or password-protected Office file."
        " Open it in Office, take the password off, and save it as .docx or .xlsx.",
    ),
    (b"{\\rtf", f"This is a rich text file (.rtf). {SAVE_AS_WORD}"),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"BM", PICTURE),
    (b"ID3", "This is a sound recording. Add its transcript instead."),
    (b"OggS", "This is a sound recording. Add its transcript instead."),
    (b"\x1a\x45\xdf\xa3", "This is a recording. Add its transcript instead."),
]
# What lies inside a zip archive, and what to say.
REFUSED_PARTS = {
    "word/vbaProject.bin": "This Word document holds macros. Save it without them, as .docx.",
    "xl/vbaProject.bin": "This workbook holds macros. Save it without them, as .xlsx.",
    "xl/workbook.bin": "This is a binary workbook (.xlsb). Save it as .xlsx.",
    "ppt/presentation.xml": "This is a presentation. Save it as a PDF.",
    "Index/Document.iwa": f"This is an Apple iWork file. {SAVE_AS_WORD}",
    "Index.zip": f"This is an Apple iWork file. {SAVE_AS_WORD}",
    "content.xml": f"This is an OpenDocument file. {SAVE_AS_WORD}",
    "META-INF/container.xml": f"This is an e-book. {SAVE_AS_WORD}",
}
UNKNOWN = f"This kind of file cannot be read. Choose one of these: {ACCEPTED}."
TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def recognise(file_name: str, content: bytes) -> FileKind:
    """The kind of a file. Raises NotReadable with what to do for those that are not read."""
    if not content.strip():
        raise NotReadable("This file is empty. Choose a file that has something in it.")
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(content)
    for beginning, sentence in REFUSED_BEGINNINGS:
        if content.startswith(beginning):
            raise NotReadable(sentence)
    _refuse_other_binaries(content)
    if PurePath(file_name).suffix.lower() in (".csv", ".tsv"):
        return FileKind.TABLE
    return FileKind.PLAIN


def _in_archive(content: bytes) -> FileKind:
    names = set(archive_of(content).namelist())
    for part, sentence in REFUSED_PARTS.items():
        if part in names:
            raise NotReadable(sentence)
    if "word/document.xml" in names:
        return FileKind.WORD
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    raise NotReadable(f"This is a zip file. Unpack it and choose one of its files. {UNKNOWN}")


def archive_of(content: bytes) -> zipfile.ZipFile:
    """A zip archive that was found to unpack to a bearable size."""
    try:
        return opened_safely(content)
    except Refused as refusal:
        raise NotReadable(str(refusal)) from refusal


def _refuse_other_binaries(content: bytes) -> None:
    """HEIC pictures and MP4 recordings carry their mark further in; other binaries hold nulls."""
    if content[4:8] == b"ftyp":
        is_picture = content[8:11] in (b"hei", b"mif", b"avi")
        raise NotReadable(
            PICTURE if is_picture else "This is a recording. Add its transcript instead."
        )
    if content[:4] == b"RIFF":
        is_picture = content[8:12] == b"WEBP"
        raise NotReadable(
            PICTURE if is_picture else "This is a recording. Add its transcript instead."
        )
    if b"\0\0\0" in content and not content.startswith(TEXT_MARKS):
        raise NotReadable(UNKNOWN)
    if content.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise NotReadable("This is a web page. Copy its text and paste it instead.")
