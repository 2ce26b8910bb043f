"""What rows are called in addresses."""

from collections.abc import Collection

from django.utils.text import slugify

LONGEST = 190  # leaves room for a number

# Words that stand where a slug may stand: `/programmes/lenses/` is no programme. A test finds others.
RESERVED = frozenset(
    (
        "applications",
        "audit",
        "calls",
        "home",
        "import",
        "imports",
        "lenses",
        "mou",
        "new",
        "organisations",
        "partnerships",
        "places",
        "to",
    )
)


def unused_slug(name: str, taken: Collection[str], otherwise: str) -> str:
    """The name as it stands in an address, numbered if another row has it already.

    A name without a Latin letter or a figure in it has no such form: `otherwise` stands for it.
    """
    base = slugify(name)[:LONGEST].strip("-") or otherwise
    slug, number = base, 1
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{base}-{number}"
    return slug
