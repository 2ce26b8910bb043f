"""How alive an MOU is: five plain measures, each with the same of a quarter ago. Never added up.

Freshness: days since the partners last reviewed it (or since it came into force).
Use: clauses cited in the last 90 days, of how many.
Breadth: parties that touched it in the last 90 days (proposed, took a stance, remarked, updated a
commitment), of how many.
Renewal: review dates that were kept (held within 14 days of the day), of those that were due; and the
median of days from a proposal to its being settled.
Currency: signatories of the version in force who still hold their post, of how many.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from programmes.models import (
    MOU,
    Citation,
    Commitment,
    CommitmentChange,
    MOUReview,
    Remark,
    Signatory,
    SignatoryState,
    Stance,
    VersionChange,
    VersionClause,
    VersionState,
    Wording,
    WordingState,
)

WINDOW = timedelta(days=90)
GRACE = timedelta(days=14)  # a review so many days after its date still kept it


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True)
class Liveness:
    """As things stood on one day; None where there is nothing to measure yet."""

    on: date
    freshness: int | None  # days
    use: Share
    breadth: Share
    reviews_kept: Share
    days_to_settle: int | None
    currency: Share


def liveness(mou: MOU, at: datetime | None = None) -> Liveness:
    """A constant number of queries, whatever the MOU holds."""
    moment = at or timezone.now()
    day = timezone.localdate(moment)
    reviews = list(MOUReview.objects.filter(mou=mou, held_on__lte=day).order_by("held_on", "pk"))
    return Liveness(
        on=day,
        freshness=_freshness(mou, reviews, moment, day),
        use=_use(mou, moment),
        breadth=_breadth(mou, moment, day),
        reviews_kept=_kept(mou, reviews, day),
        days_to_settle=_days_to_settle(mou, moment),
        currency=_currency(mou, moment, day),
    )


def _freshness(mou: MOU, reviews: list[MOUReview], moment: datetime, day: date) -> int | None:
    if reviews:
        return (day - reviews[-1].held_on).days
    sealed = VersionChange.objects.filter(
        version__mou=mou, new=VersionState.SEALED, changed_at__lte=moment
    )
    last = sealed.order_by("-changed_at").first()
    return (day - timezone.localdate(last.changed_at)).days if last else None


def _use(mou: MOU, moment: datetime) -> Share:
    cited = Citation.objects.filter(
        clause__mou=mou, cited_at__gt=moment - WINDOW, cited_at__lte=moment
    )
    latest = mou.versions.order_by("-number").values("pk")[:1]
    return Share(
        cited.values("clause").distinct().count(),
        VersionClause.objects.filter(version=latest).count(),
    )


def _breadth(mou: MOU, moment: datetime, day: date) -> Share:
    since = moment - WINDOW

    def parties(rows: QuerySet[Any], party: str, when: str) -> Iterable[int]:
        within = {f"{when}__gt": since, f"{when}__lte": moment, f"{party}__isnull": False}
        return rows.filter(**within).values_list(party, flat=True)

    touched = {
        *parties(Wording.objects.filter(clause__mou=mou), "party", "proposed_at"),
        *parties(Stance.objects.filter(wording__clause__mou=mou), "party", "taken_at"),
        *parties(Remark.objects.filter(clause__mou=mou), "party", "made_at"),
        *parties(Commitment.objects.filter(mou=mou), "party", "made_at"),
        *parties(
            CommitmentChange.objects.filter(commitment__mou=mou),
            "commitment__party",
            "changed_at",
        ),
    }
    members = set(
        mou.parties.filter(joined_on__lte=day)
        .exclude(left_on__lte=day)
        .values_list("pk", flat=True)
    )
    return Share(len(touched & members), len(members))


def _kept(mou: MOU, reviews: list[MOUReview], day: date) -> Share:
    due = [review for review in reviews if review.due_on is not None]
    kept = [review for review in due if review.held_on <= review.due_on + GRACE]  # type: ignore[operator]
    missed = int(mou.review_on is not None and mou.review_on + GRACE < day)
    return Share(len(kept), len(due) + missed)


def _days_to_settle(mou: MOU, moment: datetime) -> int | None:
    settled = Wording.objects.filter(
        clause__mou=mou,
        based_on__isnull=False,
        state__in=[WordingState.TAKEN, WordingState.DECLINED],
        settled_at__lte=moment,
    )
    days = [
        (done - proposed).days
        for proposed, done in settled.values_list("proposed_at", "settled_at")
        if done is not None
    ]
    return round(median(days)) if days else None


def _currency(mou: MOU, moment: datetime, day: date) -> Share:
    rows = Signatory.objects.filter(
        signing__version__mou=mou,
        signing__version__state__in=[VersionState.SEALED, VersionState.SUPERSEDED],
        state=SignatoryState.SIGNED,
        signature__signed_at__lte=moment,
    )
    latest: dict[
        int, Signatory
    ] = {}  # a party that was not asked again stands by who signed before
    for row in rows.filter(party__left_on=None).order_by("signing__version__number", "pk"):
        latest[row.party_id] = row
    in_post = [row for row in latest.values() if row.left_post_on is None or row.left_post_on > day]
    return Share(len(in_post), len(latest))
