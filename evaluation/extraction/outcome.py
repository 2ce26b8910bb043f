"""What comes of reading a file: its text and what to look at, or a sentence on why not."""

from dataclasses import dataclass, field


@dataclass
class Extracted:
    """The text of a file, and sentences for whoever checks it before it is accepted."""

    text: str
    warnings: list[str] = field(default_factory=list)


class NotReadable(Exception):
    """A file that cannot be read, with a sentence for people on what to do instead."""


def several(count: int, one: str, many: str) -> str:
    """ "1 comment was", "3 comments were"."""
    return f"{count} {one}" if count == 1 else f"{count:,} {many}"


def numbers(found: list[int], noun: str) -> str:
    """ "Page 3", "Pages 1, 3 and 5"; a long list is cut short."""
    if len(found) == 1:
        return f"{noun} {found[0]}"
    shown = [str(number) for number in found[:10]]
    if len(found) > len(shown):
        return f"{noun}s {', '.join(shown)} and {len(found) - len(shown)} more"
    return f"{noun}s {', '.join(shown[:-1])} and {shown[-1]}"
