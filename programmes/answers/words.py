"""Words: what stands between spaces. The page counts them the same (`static/programmes/words.js`)."""

import re

# Every space that a browser's `\s` knows, which is not quite what Python takes for one.
SPACES = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WORD = re.compile(f"[^{SPACES}]+")


def count_words(text: str) -> int:
    return len(_WORD.findall(text))
