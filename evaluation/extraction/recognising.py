"""What a file of evidence is, and what to do with one whose text cannot be read."""

import zipfile

from evaluation.extraction.outcome import NotReadable
from programmes import recognising
from programmes.importing.archives import opened_safely
from programmes.importing.faults import Refused
from programmes.recognising import ACCEPTED, FileKind, NotTaken

__all__ = ["ACCEPTED", "FileKind", "archive_of", "recognise"]

INSTEAD = {
    recognising.PICTURE: "Type what it says, or have the text recognised first.",
    recognising.SOUND: "Add its transcript instead.",
    recognising.RECORDING: "Add its transcript instead.",
    recognising.WEB_PAGE: "Copy its text and paste it instead.",
    recognising.UNKNOWN: f"Choose one of these: {ACCEPTED}.",
}


def recognise(file_name: str, content: bytes) -> FileKind:
    """The kind of a file. Raises NotReadable with what to do for those that are not read."""
    try:
        return recognising.recognise(file_name, content)
    except NotTaken as refusal:
        instead = INSTEAD[refusal.what] if refusal.instead is None else refusal.instead
        raise NotReadable(f"{refusal.what} {instead}".strip()) from refusal


def archive_of(content: bytes) -> zipfile.ZipFile:
    """A zip archive that was found to unpack to a bearable size."""
    try:
        return opened_safely(content)
    except Refused as refusal:
        raise NotReadable(str(refusal)) from refusal
