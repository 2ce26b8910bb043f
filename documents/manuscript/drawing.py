"""Charts as PNG, for Word files. Only our own fonts are used, so that every machine draws the same."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import resvg_py
from fontTools.ttLib import woff2

from documents.fonts import font_files

SCALE = 3  # pixels for each point of the chart: sharp in print


def as_png(svg: str) -> bytes:
    """The picture, on white."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=SCALE,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(file) for file in _unpacked_fonts()],
    )


@cache
def _unpacked_fonts() -> list[Path]:
    """Our upright fonts as TrueType files, unpacked once in a process; the Latin ones first.

    Of several files of one typeface the renderer takes the first, and looks further only for
    characters that it lacks.
    """
    folder = Path(tempfile.mkdtemp(prefix="placework-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    unpacked = []
    for file in font_files():
        if "italic" not in file.name:
            unpacked.append(folder / f"{file.stem}.ttf")
            woff2.decompress(str(file), str(unpacked[-1]))
    return unpacked
