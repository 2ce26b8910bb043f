"""What the worker is told to do."""

from celery import shared_task

from documents.actions import jobs


@shared_task(name="documents.tasks.run_job")
def run_job(job_id: int) -> None:
    jobs.run_job(job_id)


@shared_task(name="documents.tasks.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep_jobs()
