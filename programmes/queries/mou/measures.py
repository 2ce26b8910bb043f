"""The five measures of how alive an MOU is, in words and as pictures of their last months."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from documents.charts import Column, columns
from programmes.queries.mou.liveness import Liveness, Share

QUARTER = 3  # months


@dataclass(frozen=True)
class Picture:
    """The last months of one figure, and what it counts."""

    caption: str
    svg: SafeString


@dataclass(frozen=True)
class Series:
    """One figure as it was, moment by moment."""

    title: str
    unit: str
    figure: Callable[[Liveness], Share | int | None]

    def cell(self, at: Liveness) -> str:
        figure = self.figure(at)
        if isinstance(figure, Share):
            return f"{figure.part} of {figure.whole}" if figure.whole else "None yet"
        return "None yet" if figure is None else str(figure)

    def picture(self, moments: Sequence[Liveness], today: date) -> Picture | None:
        """Nothing where no month has anything to measure, or one moment alone: that is no trend."""
        if len(moments) < 2:
            return None
        shown = [self._column(each, place, today) for place, each in enumerate(moments)]
        if all(each.number is None for each in shown):
            return None
        drawn = columns(f"{self.title} by month", self.unit, shown)
        return Picture(self.unit.capitalize(), mark_safe(drawn))  # noqa: S308 charts escape

    def _column(self, at: Liveness, place: int, today: date) -> Column:
        figure = self.figure(at)
        number = figure.part if isinstance(figure, Share) else figure
        whole = figure.whole if isinstance(figure, Share) else None
        is_today = at.on == today
        begins_a_year = (place == 0 or at.on.month == 1) and not is_today
        return Column(
            label="Now" if is_today else f"{at.on:%b}"[0],
            spoken="Today" if is_today else date_format(at.on),
            number=None if whole == 0 else number,
            of=whole,
            below=f"{at.on:%Y}" if begins_a_year else "",
        )


@dataclass(frozen=True)
class Measure:
    """What a page shows of one measure."""

    key: str
    name: str
    meaning: str
    figure: str
    before: str  # the same a quarter ago; empty where there was no MOU yet
    pictures: list[Picture]


@dataclass(frozen=True)
class _Kind:
    key: str
    name: str
    meaning: str
    figure: Callable[[Liveness], str]
    series: tuple[Series, ...]


def measures(moments: Sequence[Liveness], today: date) -> list[Measure]:
    """As things stand at the last of these moments, and how they came there."""
    latest = moments[-1]
    before = moments[-1 - QUARTER] if len(moments) > QUARTER else None
    return [
        Measure(
            key=kind.key,
            name=kind.name,
            meaning=kind.meaning,
            figure=kind.figure(latest),
            before=f"On {date_format(before.on)}: {_inside(kind.figure(before))}" if before else "",
            pictures=[picture for each in kind.series if (picture := each.picture(moments, today))],
        )
        for kind in KINDS
    ]


def table(moments: Sequence[Liveness]) -> tuple[list[str], list[tuple[date, list[str]]]]:
    """The same figures without pictures: the names of the columns, and a row a day, latest first."""
    series = [each for kind in KINDS for each in kind.series]
    rows = [(at.on, [each.cell(at) for each in series]) for at in reversed(moments)]
    return [f"{each.title} ({each.unit})" for each in series], rows


def _freshness(at: Liveness) -> str:
    if at.freshness is None:
        return "It is not in force yet, and nobody has reviewed it."
    days = _days(at.freshness)
    return (
        f"{days} since the last review." if at.is_reviewed else f"{days} in force, no review yet."
    )


def _use(at: Liveness) -> str:
    return f"{_share(at.use)} cited." if at.use.part else f"None of {at.use.whole} clauses cited."


def _breadth(at: Liveness) -> str:
    if not at.breadth.whole:
        return "No organisation is a party yet."
    touched = at.breadth.part
    return f"{touched} of {at.breadth.whole} partner{'' if at.breadth.whole == 1 else 's'}."


def _renewal(at: Liveness) -> str:
    kept = at.reviews_kept
    dates = (
        f"{kept.part} of {kept.whole} review dates kept" if kept.whole else "No review was due yet"
    )
    if at.days_to_settle is None:
        return f"{dates}. No proposal was settled yet."
    return f"{dates}. {_days(at.days_to_settle)} from a proposal to its being settled."


def _currency(at: Liveness) -> str:
    if not at.currency.whole:
        return "Nobody has signed what is in force yet."
    return f"{at.currency.part} of {at.currency.whole} still in post."


def _inside(sentence: str) -> str:
    """As it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:]


def _share(share: Share) -> str:
    return f"{share.part} of {share.whole} clauses"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


KINDS = (
    _Kind(
        "freshness",
        "Freshness",
        "How long ago the partners last reviewed it together.",
        _freshness,
        (Series("Freshness", "days since the last review", lambda at: at.freshness),),
    ),
    _Kind(
        "use",
        "Use",
        "Clauses cited in the 90 days before, by anything that every partner of the place may read.",
        _use,
        (Series("Use", "clauses cited, of all", lambda at: at.use),),
    ),
    _Kind(
        "breadth",
        "Breadth",
        "Partners that proposed, remarked, took a stance or updated a commitment in the 90 days before.",
        _breadth,
        (Series("Breadth", "partners that touched it, of all", lambda at: at.breadth),),
    ),
    _Kind(
        "renewal",
        "Renewal",
        "Whether reviews are held within two weeks of their day, and how long a proposal waits.",
        _renewal,
        (
            Series("Reviews", "review dates kept, of those due", lambda at: at.reviews_kept),
            Series("Proposals", "days until half are settled", lambda at: at.days_to_settle),
        ),
    ),
    _Kind(
        "currency",
        "Currency",
        "Whether those who signed for the partners still hold their post.",
        _currency,
        (Series("Currency", "signatories in post, of all", lambda at: at.currency),),
    ),
)
