"""Links that carry a secret: what makes them, and the hash that we keep in the secret's place."""

import hashlib
from collections.abc import Callable

Link = Callable[[str], str]  # from the secret to the address that a mail can carry


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
