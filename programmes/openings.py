"""What a step of a call opens to its panel, and how its members are told of it."""

from dataclasses import dataclass
from enum import StrEnum

from programmes.models import CallPhase


class Opening(StrEnum):
    """Names the page on which members begin."""

    DECLARATION = "programmes:declaration"
    READING = "programmes:reading"
    BOARD = "programmes:board"


@dataclass(frozen=True)
class Words:
    """Of the mail. What there is to do is said without a number: each member's page has theirs."""

    subject: str
    text: str
    due: str


WORDS = {
    Opening.DECLARATION: Words(
        "please declare your conflicts of interest",
        "The places that applied to “{call}” are known. Before any application opens to you, please say"
        " with which of them you have a conflict of interest.",
        "Please do so by {due}.",
    ),
    Opening.READING: Words(
        "the applications are open to you",
        "The applications to “{call}” are open to the panel. Please read those that are listed for you,"
        " and submit your scores. If you have not declared your conflicts of interest yet, you are"
        " asked for that first.",
        "Please have all scores in by {due}.",
    ),
    Opening.BOARD: Words(
        "the board is open",
        "The panel meeting on “{call}” begins. Its board shows the applications side by side. If scores"
        " of yours are missing, submit them first: the board may wait for them.",
        "The meeting is on {due}.",
    ),
}


def opened_by(before: CallPhase, after: CallPhase) -> Opening | None:
    """The furthest of what members may do from now on, and could not before."""
    if after.board_is_open and not before.board_is_open:
        return Opening.BOARD
    reads, read = (each.members_read and each.members_score for each in (after, before))
    if reads and not read:
        return Opening.READING
    if after.members_declare and not before.members_declare:
        return Opening.DECLARATION
    return None


def open_in(switches: CallPhase) -> Opening | None:
    """What somebody who joins the panel now finds open."""
    if switches.members_declare:
        return Opening.DECLARATION
    return opened_by(CallPhase(), switches)
