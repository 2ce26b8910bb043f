"""The demonstration as visitors meet it."""

from documents.actions.jobs import run_job
from documents.models import Job
from evaluation.actions.demonstration import seed_demonstration
from evaluation.actions.demonstration_mou import GO_ON


def demonstrate() -> None:
    """With what the worker does in its first seconds. It seals, so ask for `seal_key`."""
    seed_demonstration()
    run_job(Job.objects.get(kind=GO_ON).pk)
