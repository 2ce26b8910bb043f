"""The fonts of documents: ours alone, so that a document looks the same wherever it is made."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

# `make assets` puts them into one folder, named FAMILY-SCRIPT-WEIGHT-STYLE.woff2.
FOLDER = "build/fonts"
FAMILIES = {
    "source-sans-3-": "Source Sans 3",
    "noto-sans-hebrew-": "Noto Sans Hebrew",
    "ibm-plex-sans-arabic-": "IBM Plex Sans Arabic",
    "noto-emoji-": "Noto Emoji",
}
FACES = {"400-normal": "", "400-italic": "font-style: italic;", "700-normal": "font-weight: 700;"}


@cache
def folder() -> Path:
    """The folder that holds them."""
    found = finders.find(FOLDER)
    if not found:
        raise FileNotFoundError(f"No static folder holds {FOLDER}. Build it: make assets")
    return Path(found)


def font_files() -> list[Path]:
    """All files of our families."""
    return sorted(file for start in FAMILIES for file in folder().glob(f"{start}*.woff2"))


def font_faces() -> str:
    """A @font-face rule for each, with addresses of the form `font:FILE`."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; src: url("font:{file.name}"); {face} }}'
        for start, family in FAMILIES.items()
        for end, face in FACES.items()
        for file in sorted(folder().glob(f"{start}*{end}.woff2"))
    )
