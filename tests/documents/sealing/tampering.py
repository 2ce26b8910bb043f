"""What people and programs do to a sealed file."""

import random
import re
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.sealing.authority import issue, make_root

_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)")


def signed_positions(sealed: bytes, many: int) -> list[int]:
    """So many of the bytes that the seal covers, the same ones each time."""
    start, before, after, length = _range(sealed)
    covered = [*range(start, start + before), *range(after, after + length)]
    return sorted(random.Random(500).sample(covered, many))


def with_room_used(sealed: bytes) -> bytes:
    """With something in the last of the room that was kept for the signature, between what is signed."""
    end = _range(sealed)[2] - 2  # before the `>` that ends the room
    return sealed[:end] + b"1" + sealed[end + 1 :]


def _range(sealed: bytes) -> tuple[int, int, int, int]:
    """Where the first signed part starts and how long it is, and the same of the second."""
    start, before, after, length = map(int, _RANGE.findall(sealed)[-1])
    return start, before, after, length


def flipped(sealed: bytes, position: int) -> bytes:
    """With one bit of one byte the other way round."""
    changed = bytearray(sealed)
    changed[position] ^= 1 << position % 8
    return bytes(changed)


def with_annotation(sealed: bytes) -> bytes:
    """Words painted over the first page by an update that leaves every sealed byte as it was."""
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (9, 9, 99, 99))
            ),
            generic.pdf_name("/Contents"): generic.TextStringObject("We agree to nothing"),
        }
    )
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Annots"].append(writer.add_object(note))
    writer.mark_update(page.container_ref)
    writer.update_container(page["/Annots"])
    return _written(writer)


def with_page(sealed: bytes) -> bytes:
    """One more page, in an update as well."""
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Page"),
            generic.pdf_name("/MediaBox"): generic.ArrayObject(
                map(generic.NumberObject, (0, 0, 595, 842))
            ),
            generic.pdf_name("/Parent"): generic.IndirectObject(*_reference(pages), writer),
        }
    )
    pages["/Kids"].append(writer.add_object(page))
    pages[generic.pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)
    return _written(writer)


def signed(content: bytes, field: str = "Stranger") -> bytes:
    """With a signature by a key of a stranger, appended."""
    now = datetime.now(UTC)
    pair = issue(make_root("Stranger", at=now), "Stranger", at=now)
    der = pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(pair.certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
    )
    meta = PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(BytesIO(content))
    return bytes(_Heedless(meta, signer).sign_pdf(writer).getvalue())


class _Heedless(PdfSigner):
    """Signs also what says that nobody may."""

    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        pass


def saved_again(sealed: bytes) -> bytes:
    """Opened and saved by another program."""
    file = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as opened:
        opened.save(file)
    return file.getvalue()


def cut(sealed: bytes, by: int) -> bytes:
    return sealed[:-by]


def without_last_update(sealed: bytes) -> bytes:
    """The document as it was before it was sealed."""
    return sealed[: sealed.index(b"%%EOF") + len(b"%%EOF\n")]


def _reference(row: generic.DictionaryObject) -> tuple[int, int]:
    return row.container_ref.idnum, row.container_ref.generation


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
