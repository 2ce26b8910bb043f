"""Texts of evidence: how long one may be, how it is known again, and where a passage stands in it."""

import hashlib

LONGEST = 1_000_000  # code points; about five hundred pages


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def places_of(passage: str, text: str) -> list[int]:
    """Where `passage` begins in `text`, each place, also where two overlap."""
    places = []
    at = text.find(passage)
    while at >= 0:
        places.append(at)
        at = text.find(passage, at + 1)
    return places
