"""What the worker is told to do."""

import structlog
from celery import shared_task

from accounts.actions import mail
from accounts.personal import enforcements

log = structlog.get_logger(__name__)


@shared_task(name=mail.DELIVER)
def deliver_mail(mail_id: int) -> None:
    mail.deliver(mail_id)


@shared_task(name="accounts.tasks.sweep_mail")
def sweep_mail() -> None:
    mail.sweep()


@shared_task(name="accounts.tasks.forget")
def forget() -> None:
    """Every day: what the privacy page says is not kept any longer."""
    for enforce in enforcements():
        log.info("forgotten", what=enforce.__name__, rows=enforce())
