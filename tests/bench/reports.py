"""What making a document costs beyond WeasyPrint itself on the same HTML.

Ours is all that the worker does: the lock, the queries, the template, WeasyPrint, the stored file.
"""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from weasyprint import HTML

from accounts.models import Person
from documents.actions.jobs import run_job
from documents.manuscript import Manuscript
from documents.manuscript import pdf as our_pdf
from documents.manuscript.html import as_whole_page
from documents.models import Job
from evaluation.actions.demonstration import seed_demonstration
from evaluation.actions.files import request_case_study, request_report
from evaluation.manuscripts.case_study import Edition, case_study_manuscript
from evaluation.manuscripts.report import report_manuscript
from evaluation.models import CaseStudy, CaseStudyStatus
from evaluation.queries.report import report
from programmes.management.commands.ship_lenses import Command as ShipLenses
from programmes.models import Programme
from tests.bench.server_time import seconds

LIMIT = 0.20
ROUNDS = 9


@dataclass(frozen=True)
class Measured:
    """One document. Seconds are the fastest of some rounds, in turns: noise only ever adds."""

    name: str
    seconds: float
    weasyprint: float

    @property
    def overhead(self) -> float:
        return self.seconds / self.weasyprint - 1

    @property
    def is_good(self) -> bool:
        return self.overhead <= LIMIT


def measured() -> Iterator[Measured]:
    ShipLenses().handle(verbosity=0)
    seed_demonstration()
    by = Person.objects.filter(memberships__role="evaluator").distinct().get()
    published = CaseStudy.objects.filter(status=CaseStudyStatus.PUBLISHED).get()
    yield _compare(
        "case study",
        lambda: request_case_study(case_study=published, suffix="pdf", by=by),
        case_study_manuscript(published, Edition.now(published)),
    )
    for programme in Programme.objects.order_by("slug"):
        yield _compare(
            f"report of {programme.slug}",
            lambda programme=programme: request_report(  # type: ignore[misc]
                programme=programme, cohort=None, suffix="pdf", by=by
            ),
            report_manuscript(report(programme, None)),
        )


def _compare(name: str, request: Callable[[], Job], manuscript: Manuscript) -> Measured:
    page = as_whole_page(manuscript)

    def weasyprint() -> bytes:
        fonts, styles = our_pdf._typography()
        html = HTML(string=page, base_url="", url_fetcher=our_pdf._OnlyOurFonts())
        return bytes(html.write_pdf(font_config=fonts, stylesheets=styles, pdf_variant="pdf/a-3a"))

    # The click is a page's time, measured with the pages; here is what the worker does.
    asked = [request() for _ in range(ROUNDS + 1)]

    def job() -> bytes:
        one = asked.pop()
        run_job(one.pk)
        one.refresh_from_db()
        if one.status != Job.Status.DONE:
            raise AssertionError(one.error_for_operators)
        return b""

    weasyprint(), job()
    pairs = list(chain.from_iterable((_alone(job), _alone(weasyprint)) for _ in range(ROUNDS)))
    return Measured(name, min(pairs[::2]), min(pairs[1::2]))


def _alone(call: Callable[[], bytes]) -> float:
    """Seconds of `call`, which clears away its own garbage and nothing of what ran before it.

    A whole collection takes a fifth of a document's time: without this, luck says who pays for it.
    """
    gc.collect()
    return seconds(call)
