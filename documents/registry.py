"""What a room says so that a job of its own can be asked for and run.

A room lists its kinds of job in its `jobs.py`, which is read when Django starts:

    @handles("evaluation.case_study_pdf", title="Case study as PDF", needs="evaluation.view_case_study")
    def case_study_pdf(job: RunningJob) -> Outcome: ...

A handler may be run again after it died half-way, or after it finished but before that was saved:
it must give the same result once. It is called outside any transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models

from accounts.models import Person


class JobFailed(Exception):
    """The work cannot be done, for a reason that people can put right. The text is for them."""


class UnknownKind(LookupError):
    """No room registered this kind of job."""


class AskedFor(Protocol):
    """What a job was asked for with."""

    @property
    def parameters(self) -> dict[str, Any]:
        """What was passed to `request_job`."""

    @property
    def subject(self) -> models.Model | None:
        """The row that the job is about, read when the job began."""

    @property
    def requested_by(self) -> Person | None:
        """Who asked; nobody when that person is gone."""


class RunningJob(AskedFor, Protocol):
    """A job as its handler sees it."""

    def progress(self, done: int, of: int, doing: str = "") -> None:
        """Say how far the work is. Cheap enough to be called for every row."""


@dataclass(frozen=True)
class Outcome:
    """What a job made: a file or nothing, and facts that are kept with the job."""

    content: bytes | None = None
    file_name: str = ""
    # JSON. Three keys are shown on the job's page and in lists of files: "sentence" (what was done),
    # "next_page" (the address of the page to go on to) and "revision" (what the file was made from).
    result: dict[str, Any] = field(default_factory=dict)


Lets = Callable[[Person, AskedFor], bool]
Handler = Callable[[RunningJob], Outcome]


@dataclass(frozen=True)
class Kind:
    """A kind of job, as its room registered it."""

    name: str
    handler: Handler
    title: str
    needs: str
    scope: Callable[[Any], models.Model | None]
    lets: Lets


_kinds: dict[str, Kind] = {}


def _no_scope(subject: Any) -> None:
    return None


def _anyone(person: Person, job: AskedFor) -> bool:
    return True


def handles(
    name: str,
    *,
    title: str = "Document",
    needs: str = "",
    scope: Callable[[Any], models.Model | None] = _no_scope,
    lets: Lets = _anyone,
) -> Callable[[Handler], Handler]:
    """Register the decorated function for jobs of this kind.

    `title` is what people call it. Whoever has the permission `needs` on the subject may download
    the file, and only they; without `needs` it is for the person who asked. `scope` finds the
    programme that a subject belongs to, for the audit trail. `lets` is a further condition on whoever
    looks at a job or its file, for files that differ by the person who asked.
    """

    def register(handler: Handler) -> Handler:
        if name in _kinds:
            raise ValueError(f"Two handlers are registered for jobs of kind {name!r}.")
        _kinds[name] = Kind(name, handler, title, needs, scope, lets)
        return handler

    return register


def kind_called(name: str) -> Kind:
    """The registered kind of this name; raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"No room registered jobs of kind {name!r}.") from None


NO_LONGER_MADE = "This version of Placework no longer makes documents of this kind."


def _retired(job: RunningJob) -> Outcome:
    raise JobFailed(NO_LONGER_MADE)


def kind_of_row(name: str) -> Kind:
    """The kind of a row that may be older than this version: one that is gone fails truthfully."""
    return _kinds.get(name) or Kind(name, _retired, "Document", "", _no_scope, _anyone)


def is_made(name: str) -> bool:
    """Whether this version still does jobs of this kind."""
    return name in _kinds
