"""An MOU as a document: what is agreed, who signed and how they were known, and what happened meanwhile.

All of it is read from what was fixed when it was sent, and from rows that only grow: the same
signing gives the same bytes. The texts that programs check are inside the PDF as files.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.formats import date_format

from documents.manuscript import Block, DataTable, FileInside, Manuscript, Part, Prose, Subheading
from documents.markdown import literally
from programmes.models import MOUVersion, Signatory, SignatoryState, Signing, SigningEvent
from programmes.mou_text import Agreed, read
from programmes.queries.mou.agreed import agreed_by

AGREED_FILE, TRAIL_FILE = "agreed.json", "trail.json"
NOT_BINDING = (
    "This memorandum says what its partners intend. It is not a contract, and not legally binding."
)
DRAFT = "This is a draft. It has not been sent to be signed."
NOT_SIGNED = "This has not been signed by all who are asked. It is for reading."
HOW_KNOWN = (
    "Each signature is a simple electronic signature, as English law knows it: somebody typed their"
    " name and said that they agree. The table says how Placework knew each of them, and no more than"
    " that. It is no advanced or qualified electronic signature."
)
MAIL_ALONE = (
    "Whoever signed with a code could read mail at the address that those who asked them had given: a"
    " link went there, and a one-time code that is of use for ten minutes, for one person and one text."
    " Placework has seen no proof of identity beyond that. For a year it keeps, outside this document,"
    " from which network address and browser each of them signed."
)
WITHDRAWAL = (
    "A partner can withdraw: it tells the others and the staff of the programme, who record from when"
    " and why. What was signed stays on record."
)
SERVER_CLOCK = (
    "All times are in UTC, by the clock of the server that Placework runs on. There is no trusted"
    " timestamp."
)
TRUSTED_TIME = (
    "All times are in UTC, by the clock of the server that Placework runs on. The time of the seal alone"
    " is vouched for by a timestamp authority (RFC 3161), whose timestamp is in the seal."
)
SEAL = (
    "The seal of the programme's body is put on this document once, after the last signature, and"
    " allows no change at all. It shows that the document is as it was sealed, and by whose key."
)
WITHOUT_US = (
    "To check it without Placework: `pdfsig FILE` must say that the signature is valid *and* “Total"
    " document signed”. `pyhanko sign validate --trust root.pem --no-revocation-check FILE` must say"
    " VALID; compare the root's SHA-256 fingerprint with the one that the programme's body has"
    " published. Acrobat says “validity unknown” of every certificate that Adobe does not list: that is"
    " about the list, and not about this document."
)
RECOMPUTE = (
    f"The file {AGREED_FILE} inside this PDF is what every signer saw; its SHA-256 stands on the cover."
    f" The file {TRAIL_FILE} holds the events of the table below. The SHA-256 of an event is that of"
    " the SHA-256 before it (nothing, for the first), followed by the text `told`, as UTF-8."
)


def draft_manuscript(version: MOUVersion) -> Manuscript:
    """A version that is still being written, to read and to print."""
    agreed = agreed_by(version)
    return Manuscript(
        title=agreed["title"],
        subtitle=agreed["place"],
        cover=_cover(agreed),
        notice=DRAFT,
        parts=tuple(_agreed(agreed)),
    )


def reading_manuscript(signing: Signing) -> Manuscript:
    """What was sent, to read before it is signed: the same for everybody, whatever happens meanwhile."""
    agreed = read(signing.text)
    return Manuscript(
        title=agreed["title"],
        subtitle=agreed["place"],
        cover=_sent_cover(signing, agreed),
        notice=NOT_SIGNED,
        parts=tuple(_agreed(agreed)),
    )


def mou_manuscript(signing: Signing, *, has_trusted_time: bool = False) -> Manuscript:
    """What was sent, with the audit pages as they stand; complete once all have signed.

    `has_trusted_time`: the seal that follows has a timestamp of an authority, or there will be none.
    """
    time = TRUSTED_TIME if has_trusted_time else SERVER_CLOCK
    agreed = read(signing.text)
    events = list(signing.events.order_by("number"))
    return Manuscript(
        title=agreed["title"],
        subtitle=agreed["place"],
        cover=_sent_cover(signing, agreed),
        notice=NOT_BINDING if _is_complete(signing) else NOT_SIGNED,
        parts=(
            *_agreed(agreed),
            Part("Signatures", tuple(_signatures(signing))),
            Part("What happened, and how to check it", tuple(_trail(events, time))),
        ),
    )


def _cover(agreed: Agreed) -> tuple[tuple[str, str], ...]:
    review = agreed["review_on"]
    return (
        ("Programme", agreed["programme"]),
        ("Problem", agreed["project"]),
        ("Version", str(agreed["version"])),
        *((("Next review", _day(review)),) if review else ()),
    )


def _sent_cover(signing: Signing, agreed: Agreed) -> tuple[tuple[str, str], ...]:
    return (
        *_cover(agreed),
        ("Reference", signing.reference),
        ("SHA-256 of what is agreed", signing.text_sha256),
    )


def _agreed(agreed: Agreed) -> Iterator[Part]:
    yield Part("What we agree", tuple(_clauses(agreed)))
    parties = tuple((each["organisation"], each["part"]) for each in agreed["parties"])
    blocks: list[Block] = [DataTable("Partners", ("Organisation", "Part in the work"), parties)]
    if agreed["commitments"]:
        promised = tuple(
            (each["party"], each["what"], _day(each["due_on"]), each["seen_by"])
            for each in agreed["commitments"]
        )
        header = ("Partner", "What it will do", "By", "How one would see it")
        blocks.append(DataTable("Commitments", header, promised))
    blocks.append(Prose(WITHDRAWAL))
    yield Part("Partners and commitments", tuple(blocks))


def _clauses(agreed: Agreed) -> Iterator[Block]:
    for clause in agreed["clauses"]:
        yield Subheading(f"{clause['number']}. {clause['heading']}")
        yield Prose(clause["text"])
        if clause["concerns"]:
            yield Prose(f"*This clause is about {literally(', '.join(clause['concerns']))}.*")


def _signatures(signing: Signing) -> Iterator[Block]:
    yield Prose(HOW_KNOWN)
    yield Prose(MAIL_ALONE)
    rows = signing.signatories.select_related("party__organisation", "signature", "handed_over_by")
    rows = rows.order_by("pk")
    for signatory in rows:
        yield Subheading(f"{signatory.name}, for {signatory.party}")
        yield DataTable(
            f"Signature of {signatory.name}",
            ("What", "As recorded"),
            tuple(_record(signatory, signing)),
        )


def _record(signatory: Signatory, signing: Signing) -> Iterator[tuple[str, str]]:
    yield "Asked by", signing.sent_by_name
    if before := getattr(signatory, "handed_over_by", None):
        yield "In the place of", str(before)
    signature = getattr(signatory, "signature", None)
    if signature is None:
        yield "State", signatory.get_state_display()
        if signatory.state == SignatoryState.HANDED_OVER and signatory.handed_over_to:
            yield "Handed over to", str(signatory.handed_over_to)
        return
    yield "Name as signed", signature.typed_name
    yield "Job title", signature.post
    yield (
        "Authority",
        ", ".join(filter(None, [signature.get_authority_display(), signature.authority_words])),
    )
    yield "How they were known", signature.get_method_display()
    yield "Signed", _moment(signature.signed_at)
    if signature.consent:
        yield "Agreed to sign electronically", signature.consent
    yield "Said", signature.statement
    if signature.words_version:
        yield "Version of these words", signature.words_version
    if signature.witness_note:
        yield "Witnessed by", f"{signature.witnessed_by}: {signature.witness_note}"
        yield "SHA-256 of the signed page", signature.file_sha256
    yield "SHA-256 of what they saw", signature.text_sha256


def _trail(events: list[SigningEvent], time: str) -> Iterator[Block]:
    yield Subheading("The seal")
    yield Prose(SEAL)
    yield Prose(time)
    yield Prose(WITHOUT_US)
    yield Subheading("The trail")
    yield Prose(literally(RECOMPUTE))
    rows = tuple(
        (str(event.number), _moment(event.happened_at), *_told(event), event.sha256[:16])
        for event in events
    )
    header = ("Number", "When", "What", "Who", "SHA-256 begins")
    yield DataTable("What happened", header, rows, numbers=frozenset({0}))


def _told(event: SigningEvent) -> tuple[str, str]:
    told = json.loads(event.told)
    return told["what"].capitalize(), told["who"]


def files_inside(signing: Signing) -> tuple[FileInside, ...]:
    """What was agreed and what happened, for programs: they go into the PDF with the pages."""
    events = list(signing.events.order_by("number"))
    trail = {
        "reference": signing.reference,
        "text_sha256": signing.text_sha256,
        "events": [
            {"told": each.told, "previous_sha256": each.previous_sha256, "sha256": each.sha256}
            for each in events
        ],
    }
    return (
        FileInside(
            AGREED_FILE,
            signing.text.encode(),
            "What is agreed, as canonical JSON: what every signer saw",
            signing.sent_at,
        ),
        FileInside(
            TRAIL_FILE,
            json.dumps(trail, ensure_ascii=False, indent=1).encode(),
            "What happened until all had signed, in a chain",
            events[-1].happened_at,
        ),
    )


def _is_complete(signing: Signing) -> bool:
    return signing.events.filter(told__contains='"what":"all have signed"').exists()


def _day(iso: str) -> str:
    return date_format(datetime.fromisoformat(iso)) if iso else ""


def _moment(moment: datetime) -> str:
    """`20 November 2026, 14:03:07 UTC`: the same for whoever makes the document."""
    utc = moment.astimezone(UTC)
    return f"{date_format(utc, 'j F Y')}, {utc:%H:%M:%S} UTC"
