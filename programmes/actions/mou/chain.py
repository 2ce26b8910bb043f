"""The trail of a signing: each event holds the digest of the one before it.

Whoever has the events can recompute the chain; the database refuses a row that does not continue it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from programmes.models import Signing, SigningEvent
from programmes.mou_text import canonical, digest


@transaction.atomic
def tell(
    signing: Signing, what: str, *, who: str, at: datetime | None = None, **facts: object
) -> SigningEvent:
    """Continue the chain: `what` happened, by `who` in words, with facts that JSON can hold."""
    Signing.objects.select_for_update(of=("self",)).get(pk=signing.pk)  # one at a time
    last = signing.events.order_by("-number").first()
    moment = at or timezone.now()
    told = canonical({"what": what, "at": moment.isoformat(), "who": who, **facts})
    previous = last.sha256 if last else ""
    return SigningEvent.objects.create(
        signing=signing,
        number=last.number + 1 if last else 1,
        told=told,
        previous_sha256=previous,
        sha256=digest(previous + told),
        happened_at=moment,
    )


def broken_at(events: list[dict[str, str]]) -> int | None:
    """The place, from 1, of the first event that does not continue the chain; None where all do.

    `events` are {"told", "previous_sha256", "sha256"} in order, as the sealed PDF carries them.
    """
    previous = ""
    for place, event in enumerate(events, 1):
        follows = event["previous_sha256"] == previous
        if not follows or event["sha256"] != digest(previous + event["told"]):
            return place
        previous = event["sha256"]
    return None
