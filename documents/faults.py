"""What a fault says to whoever runs Placework, without what it says of the people in a row."""

import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

LONGEST = 200
LEFT_OUT = "…"
# A quotation, to its end, or one word.
PIECE = re.compile(
    r"""(?<!\w)(?:'[^']*'?|"[^"]*"?|“[^”]*”?|\u2018[^\u2019]*\u2019?)|[^\s'"“\u2018]+"""
)
MARKS = "'\"“”\u2018\u2019()[]<>{},.:;!?"
# A person's name has a capital and no underscores; constraints, columns and keys have underscores.
PLAIN_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
PROGRAM_NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


def for_operators(fault: BaseException) -> str:
    """Class, scrubbed message and our own lines of a fault, and then of what brought it about."""
    return "\nbrought about by\n".join(_described(each) for each in _chain(fault))


def scrubbed(message: str) -> str:
    """The plain words of a message's first line, without the values between: somebody may have said them.

    A database tells the row in the lines that follow.
    """
    first = message.split("\n", 1)[0]
    return PIECE.sub(lambda found: _kept(found[0]), first)[:LONGEST]


def _kept(piece: str) -> str:
    bare = piece.strip(MARKS)
    is_quoted = piece[0] in MARKS
    is_plain = PROGRAM_NAME.fullmatch(bare) or (PLAIN_WORD.fullmatch(bare) and not is_quoted)
    return piece if is_plain else LEFT_OUT


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _described(fault: BaseException) -> str:
    head = f"{type(fault).__qualname__}: {scrubbed(str(fault))}".removesuffix(": ")
    return "\n".join([head, *_lines(fault)])


def _lines(fault: BaseException) -> Iterator[str]:
    """Where it passed through our code, and where it was raised, as places in the source alone."""
    frames = traceback.extract_tb(fault.__traceback__)
    for number, frame in enumerate(frames, start=1):
        file = Path(frame.filename)
        is_ours = file.is_relative_to(settings.BASE_DIR) and "site-packages" not in file.parts
        if is_ours or number == len(frames):
            name = file.relative_to(settings.BASE_DIR) if is_ours else Path(*file.parts[-3:])
            yield f"  {name}, line {frame.lineno}, in {frame.name}"
