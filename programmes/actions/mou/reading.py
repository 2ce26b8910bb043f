"""What is out to be signed, as a PDF to read: drawn once by the worker, for all who have a link.

It says that it is not signed, and tells nothing that changes; so it need not be drawn when somebody
without an account asks for it.
"""

from accounts.models import Person
from documents.actions.jobs import request_job
from documents.models import Job
from documents.queries.jobs import jobs_about
from programmes.models import MOUVersion

TO_READ = "programmes.mou_to_read"


def ask_to_draw(version: MOUVersion, *, by: Person) -> Job:
    return request_job(TO_READ, by=by, subject=version)


def drawn(version: MOUVersion) -> Job | None:
    """The finished PDF, if it is there."""
    jobs = jobs_about(version, kinds=[TO_READ])
    return jobs.filter(status=Job.Status.DONE).order_by("-pk").first()
