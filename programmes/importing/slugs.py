"""Address parts for many new rows at once."""

from collections.abc import Collection

from django.utils.text import slugify

MAX_LENGTH = 200


def unused_slug(name: str, taken: Collection[str], otherwise: str) -> str:
    """The name as it stands in an address, numbered if another row has it already.

    A name without a Latin letter or a figure in it has no such form: `otherwise` stands for it.
    """
    base = slugify(name)[: MAX_LENGTH - 6].strip("-") or otherwise
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
