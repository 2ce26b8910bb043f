"""What the worker is told to do."""

from celery import shared_task

from evaluation.actions import uploads


@shared_task(name="evaluation.tasks.sweep_uploads")
def sweep_uploads() -> None:
    uploads.sweep_uploads()
