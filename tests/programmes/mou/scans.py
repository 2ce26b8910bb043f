"""Pages as a scanner makes them."""

import io

from PIL import Image
from pypdf import PdfWriter


def scanned(password: str = "") -> bytes:
    """One empty A4 page as a PDF."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def photographed(kind: str = "PNG", size: tuple[int, int] = (40, 60)) -> bytes:
    file = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(file, kind)
    return file.getvalue()
