"""References that people type from paper: long enough not to be guessed, without look-alikes."""

import secrets

# Crockford's alphabet: no I, L, O or U. Twelve letters of it are 60 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS, GROUP = 12, 4
_MEANT = str.maketrans("ILO", "110")


def new_reference() -> str:
    """Such as 7K4M-9QXR-02BT."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)))


def as_typed(text: str) -> str:
    """The reference that somebody meant, in its own form; empty when it cannot be one."""
    letters = "".join(each for each in text.upper() if each.isalnum()).translate(_MEANT)
    if len(letters) != LETTERS or not set(letters) <= set(ALPHABET):
        return ""
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, LETTERS, GROUP))
