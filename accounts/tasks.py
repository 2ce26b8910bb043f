"""What the worker is told to do."""

from celery import shared_task

from accounts.actions import mail


@shared_task(name=mail.DELIVER)
def deliver_mail(mail_id: int) -> None:
    mail.deliver(mail_id)


@shared_task(name="accounts.tasks.sweep_mail")
def sweep_mail() -> None:
    mail.sweep()
