"""A kind of job that tests can hold up half-way, for real workers in processes of their own."""

from django.db import connection

from documents.manuscript import Manuscript, Part, Prose, as_pdf
from documents.registry import Outcome, RunningJob, handles

KIND = "tests.held_up"
GATE = 77_077  # an advisory lock: the job waits while the test holds it
DOCUMENT = Manuscript("A document", parts=(Part("A part", (Prose("Some text."),)),))


@handles(KIND, title="Report")
def held_up(job: RunningJob) -> Outcome:
    job.progress(1, 2, "Drawing the pages")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [GATE])
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [GATE])
    return Outcome(as_pdf(DOCUMENT), "report.pdf")
