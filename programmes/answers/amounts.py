"""Numbers as people type them: `£10,000`, `10000` and `10,000.00` are the same."""

import re
from decimal import Decimal

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,4})?")
_LONGEST = 12  # digits before the point
_PENNY = Decimal("0.01")


def read_number(typed: str) -> Decimal:
    """The number. Raises ValueError for what is none, or can be meant in two ways."""
    bare = _SPACES.sub("", typed)
    if not _NUMBER.fullmatch(bare):
        raise ValueError(typed)
    number = Decimal(bare.replace(",", ""))
    if abs(number) >= Decimal(10) ** _LONGEST:
        raise ValueError(typed)
    return Decimal(f"{number.normalize():f}")  # 5 and 5.00 are the same answer


def read_amount(typed: str) -> Decimal:
    """Pounds, to the penny. Raises ValueError."""
    amount = read_number(_SPACES.sub("", typed).removeprefix("£"))
    if amount < 0 or amount != amount.quantize(_PENNY):
        raise ValueError(typed)
    return amount.quantize(_PENNY)


def number_in_words(number: Decimal) -> str:
    """`12,345.6`: no more places than it has."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount_in_words(amount: Decimal) -> str:
    """`£10,000`, or `£10,000.50`."""
    whole = amount == amount.to_integral_value()
    return f"£{amount:,.0f}" if whole else f"£{amount:,.2f}"
