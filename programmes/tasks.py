"""What the clock does for this room."""

import structlog
from celery import shared_task

from programmes.actions.mou import sealing
from programmes.actions.mou.news import tell_news
from programmes.actions.mou.outstanding import expire_signings
from programmes.actions.mou.reminding import remind_those_due

log = structlog.get_logger(__name__)


@shared_task(name="programmes.tasks.sweep_signings")
def sweep_signings() -> None:
    """MOUs whose time to sign is over; then those who are to be reminded."""
    log.info("signings_swept", expired=expire_signings(), reminded=remind_those_due())


@shared_task(name="programmes.tasks.see_to_the_unsealed")
def see_to_the_unsealed() -> None:
    """MOUs that all have signed, and that could not be sealed at once."""
    log.info("unsealed_seen_to", waiting=sealing.see_to_the_unsealed())


@shared_task(name="programmes.tasks.tell_news_of_mous")
def tell_news_of_mous() -> None:
    """To their partners: what was proposed, what became of it, who joined and left."""
    log.info("news_of_mous_told", people=tell_news())
