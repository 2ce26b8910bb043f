"""Words: what stands between spaces. The page counts them the same (`static/programmes/words.js`)."""

import re
import unicodedata

# Every space that a browser's `\s` knows, which is not quite what Python takes for one.
SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WORD = re.compile(f"[^{SPACES}]+")


def count_words(text: str) -> int:
    return len(_WORD.findall(text))


def has_words(text: str) -> bool:
    """Whether anybody would see something: not only spaces and marks that nobody sees."""
    return any(not each.isspace() and unicodedata.category(each) != "Cf" for each in text)
