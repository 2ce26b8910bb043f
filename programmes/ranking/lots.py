"""Lots that anyone can draw again with nothing but a SHA-256, from the seed and what is drawn between."""

import hashlib
from collections.abc import Iterable


def drawn(seed: str, references: Iterable[str]) -> list[str]:
    """The references in the order of the lot: by SHA-256 of "<seed> <reference>" in UTF-8, lowest first.

    The order in which they are given changes nothing, and one more or less leaves the others' order.
    """
    return sorted(set(references), key=lambda reference: (_digest(seed, reference), reference))


def _digest(seed: str, reference: str) -> bytes:
    return hashlib.sha256(f"{seed} {reference}".encode()).digest()
