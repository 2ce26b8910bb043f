"""Whether a zip archive may be opened at all: sizes as it declares them, and as they turn out."""

import io
import zipfile
import zlib

from programmes.importing.faults import Refused

MAX_ENTRIES = 1_000
MAX_INFLATED = 100 * 1024 * 1024
MAX_RATIO = 200
HARMLESS = 10 * 1024 * 1024  # a small part may be as repetitive as it likes
CHUNK = 1024 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 1

# What zipfile raises on damaged or hostile bytes.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)

TOO_LARGE = (
    "This file unpacks to more than 100 MB, so it was not opened."
    " Delete what is not to be imported, or split it."
)
DAMAGED = "This file is damaged and cannot be opened. Save it again and choose the new file."


def opened_safely(content: bytes) -> zipfile.ZipFile:
    """The archive, once every entry has been inflated under the limits and its checksum holds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        _declared_sizes_are_fair(entries)
        _sizes_turn_out_fair(archive, entries)
    except BROKEN as error:
        raise Refused(DAMAGED) from error
    return archive


def _declared_sizes_are_fair(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise Refused(f"This file holds more than {MAX_ENTRIES:,} parts, so it was not opened.")
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise Refused(TOO_LARGE)
    for entry in entries:
        if entry.flag_bits & ENCRYPTED:
            raise Refused("This file is protected with a password. Save it without one.")
        if entry.compress_type not in METHODS:
            raise Refused(DAMAGED)
        if entry.file_size > max(HARMLESS, entry.compress_size * MAX_RATIO):
            raise Refused(TOO_LARGE)


def _sizes_turn_out_fair(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read everything once: a directory can lie about sizes, the bytes cannot."""
    left = MAX_INFLATED
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise Refused(TOO_LARGE)
