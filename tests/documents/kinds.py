"""Kinds of job that only the tests know."""

from documents.registry import JobFailed, Outcome, RunningJob, handles

runs: list[int] = []  # one entry for each time `letter` is run in this process


@handles("tests.letter", title="Letter")
def letter(job: RunningJob) -> Outcome:
    runs.append(1)
    job.progress(1, 2, "Writing the letter")
    text = f"Dear {job.parameters.get('to', 'reader')}"
    return Outcome(text.encode(), "Grüße & more.txt", {"revision": 7, "sentence": "One letter."})


@handles("tests.refused", title="Refused letter")
def refused(job: RunningJob) -> Outcome:
    raise JobFailed("The case study has no text yet. Write some first.")


@handles("tests.broken", title="Broken letter")
def broken(job: RunningJob) -> Outcome:
    raise ZeroDivisionError("a secret detail")


@handles("tests.no_file", title="Count")
def no_file(job: RunningJob) -> Outcome:
    return Outcome(result={"sentence": "12 rows.", "next_page": "/places/"})


@handles(
    "tests.report",
    title="Report",
    needs="programmes.view_programme",
    scope=lambda programme: programme,
)
def report(job: RunningJob) -> Outcome:
    return Outcome(f"Report of {job.subject}".encode(), "report.txt")
