"""The words that a signer is shown and agrees to, kept with each signature exactly as shown.

Whoever changes any of them gives them the next version: a page that was opened with other words than
those of today cannot be signed with, and asks to be read again.
"""

VERSION = "1"

CONSENT = (
    "I agree to sign electronically. I know that I can ask to sign on paper instead, and that what I"
    " sign is sealed and kept"
)


def statement(*, title: str, version: int, reference: str, organisation: str) -> str:
    """What pressing the button says."""
    return (
        f"I have read version {version} of “{title}” (reference {reference}). I agree to it on behalf"
        f" of {organisation}, I may do so on the basis that I state here, and I mean the name that I"
        " type to be my signature."
    )
