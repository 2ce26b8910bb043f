"""Who may see a job and download what it made.

The page of a job is for whoever asked. The file is for everyone who has the permission that its kind
names, asked anew each time: whoever lost a role can no longer fetch what was made while they had it.
"""

import rules

from accounts.models import Person
from documents.models import Job
from documents.registry import kind_of_row


@rules.predicate
def asked_for_it(person: Person, job: Job | None) -> bool:
    return job is not None and job.requested_by_id == person.pk


@rules.predicate
def may_see_its_subject(person: Person, job: Job | None) -> bool:
    """Whether the person has what the kind needs; a kind that needs nothing adds no reader."""
    needs = kind_of_row(job.kind).needs if job else ""
    return bool(needs) and job is not None and person.has_perm(needs, job.subject)


@rules.predicate
def is_barred(person: Person, job: Job | None) -> bool:
    """Whether the kind needs a permission that the person has not, or no longer."""
    needs = kind_of_row(job.kind).needs if job else ""
    return bool(needs) and not may_see_its_subject.test(person, job)


@rules.predicate
def is_let(person: Person, job: Job | None) -> bool:
    """Whether the kind's own condition holds."""
    return job is not None and kind_of_row(job.kind).lets(person, job)


rules.add_perm("documents.view_job", asked_for_it & ~is_barred & is_let)
rules.add_perm("documents.download", ((asked_for_it & ~is_barred) | may_see_its_subject) & is_let)
