"""A page signed on paper, as staff scan or photograph it: what it is, told by its content."""

import io
from enum import Enum

from django.core.exceptions import ValidationError
from PIL import Image

from programmes.recognising import NotTaken, refuse_locked_pdf

LARGEST = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000  # A4 at 700 dots an inch; more is a mistake, or a bomb
OTHER = "The signed page must be a PDF, or a picture (JPEG or PNG)"


class PageKind(Enum):
    """How the content begins, and how a file of it ends."""

    PDF = b"%PDF-", ".pdf"
    PNG = b"\x89PNG\r\n\x1a\n", ".png"
    JPEG = b"\xff\xd8\xff", ".jpg"

    @property
    def ending(self) -> str:
        return self.value[1]


def kind_of_page(content: bytes) -> PageKind | None:
    return next((kind for kind in PageKind if content.startswith(kind.value[0])), None)


def check_page(content: bytes) -> PageKind:
    """Raises ValidationError with what to do for what is no page that can be kept and read."""
    if len(content) > LARGEST:
        raise ValidationError("The signed page must be 20 MB or less. Scan it at 300 dots an inch")
    kind = kind_of_page(content)
    if kind is None:
        raise ValidationError(OTHER)
    if kind is PageKind.PDF:
        _check_pdf(content)
    else:
        _check_picture(content)
    return kind


def _check_pdf(content: bytes) -> None:
    try:
        refuse_locked_pdf(content)
    except NotTaken as refusal:
        raise ValidationError(str(refusal)) from refusal


def _check_picture(content: bytes) -> None:
    """Its head says how large it is, so nothing is unpacked before that is known."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise ValidationError("The picture is too large. Scan it at 300 dots an inch")
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise ValidationError(
            "The picture is damaged. Save it again, or scan it as a PDF"
        ) from fault
