"""Addresses in which a slug and a word may stand at the same place."""

from accounts.slugs import RESERVED
from tests.walk.addresses import routes


def test_a_word_that_stands_where_a_slug_may_stand_is_reserved() -> None:
    parts = [route.split("/") for route in routes()]
    before_a_slug = {
        tuple(part[:i])
        for part in parts
        for i, piece in enumerate(part)
        if piece.startswith("<slug:")
    }
    words = {
        part[i]
        for part in parts
        for i, piece in enumerate(part)
        if tuple(part[:i]) in before_a_slug and piece.isidentifier()
    }
    assert words <= RESERVED
    assert "lenses" in words
