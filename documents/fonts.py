"""The fonts of documents: ours alone, so that a document looks the same wherever it is made."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

# `make assets` puts them into one folder, named FAMILY-SCRIPT-WEIGHT-STYLE.woff2. Each script of a
# typeface is a family of its own to WeasyPrint, which mistakes two files of one family for each other
# and draws the one with the glyphs of the other.
FOLDER = "build/fonts"
FAMILIES = {
    "Source Sans 3": "source-sans-3-latin",
    "Source Sans 3 Latin Extended": "source-sans-3-latin-ext",
    "Source Sans 3 Vietnamese": "source-sans-3-vietnamese",
    "Source Sans 3 Greek": "source-sans-3-greek",
    "Source Sans 3 Greek Extended": "source-sans-3-greek-ext",
    "Source Sans 3 Cyrillic": "source-sans-3-cyrillic",
    "Source Sans 3 Cyrillic Extended": "source-sans-3-cyrillic-ext",
    "Noto Sans Hebrew": "noto-sans-hebrew-hebrew",
    "IBM Plex Sans Arabic": "ibm-plex-sans-arabic-arabic",
    "Noto Emoji": "noto-emoji-emoji",
}
FACES = {"400-normal": "", "400-italic": "font-style: italic;", "700-normal": "font-weight: 700;"}
STACK = ", ".join([*(f"'{family}'" for family in FAMILIES), "sans-serif"])


@cache
def folder() -> Path:
    """The folder that holds them."""
    found = finders.find(FOLDER)
    if not found:
        raise FileNotFoundError(f"No static folder holds {FOLDER}. Build it: make assets")
    return Path(found)


def font_files() -> list[Path]:
    """All files of our families, the Latin ones first."""
    return [file for _, _, file in _faces()]


def font_rules() -> str:
    """A style sheet that makes the fonts known, by addresses of the form `font:FILE`, and uses them."""
    faces = "\n".join(
        f'@font-face {{ font-family: "{family}"; src: url("font:{file.name}"); {face} }}'
        for family, face, file in _faces()
    )
    return f"{faces}\n@page {{ font-family: {STACK} }}\n.placework-manuscript {{ font-family: {STACK} }}"


def _faces() -> list[tuple[str, str, Path]]:
    candidates = [
        (family, face, folder() / f"{name}-{end}.woff2")
        for family, name in FAMILIES.items()
        for end, face in FACES.items()
    ]
    return [each for each in candidates if each[2].exists()]
