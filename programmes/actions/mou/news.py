"""What is new in an MOU goes to its partners in one mail each, once it has been quiet for a while.

Many proposals in one afternoon are one mail. What was withdrawn or settled meanwhile is not told of,
but to whoever had proposed it.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from programmes.actions.mou.links import mou_address
from programmes.actions.mou.mails import write
from programmes.models import MOU
from programmes.queries.mou.news import news_of, seats_by_person

QUIET = timedelta(minutes=30)  # nothing more has happened for so long
LONGEST = timedelta(hours=4)  # nobody waits longer, however busy the others are


def has_news(mou: MOU) -> None:
    """Call it with the MOU held, before what is new is written."""
    now = timezone.now()
    MOU.objects.filter(pk=mou.pk).update(news_since=Coalesce("news_since", now), news_until=now)


def tell_news() -> int:
    """To how many people was written."""
    return sum(
        _tell(pk) for pk in MOU.objects.filter(_due()).order_by("pk").values_list("pk", flat=True)
    )


def _due() -> Q:
    now = timezone.now()
    return Q(news_until__lt=now - QUIET) | Q(news_since__lt=now - LONGEST)


@transaction.atomic
def _tell(pk: int) -> int:
    """Look again with the MOU held: another clock may have written meanwhile."""
    held = MOU.objects.select_for_update(of=("self",)).select_related("project__programme")
    mou = held.filter(_due(), pk=pk).first()
    if mou is None or mou.news_since is None:
        return 0
    news = news_of(mou, mou.news_since)
    mou.news_since = mou.news_until = None
    mou.save(update_fields=["news_since", "news_until"])
    told = 0
    for person, parties in seats_by_person(mou).items():
        if own := news.for_one(person, parties):
            address = mou_address(mou.site, mou)
            subject = f"What is new: {mou}"
            write(person.email, subject, "news", person=person, mou=mou, news=own, address=address)
            told += 1
    return told
