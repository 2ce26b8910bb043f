"""Numbers are given out once, whoever asks at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from evaluation.actions.coding import code
from evaluation.models import Evidence, Excerpt, SourceKind
from evaluation.queries.sources import sources_of
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def all_at_once(action: Callable[[int], object]) -> None:
    start = Barrier(AT_ONCE)

    def run(number: int) -> None:
        try:
            start.wait()
            action(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(run, range(AT_ONCE)))


def test_evidence_added_at_once_is_numbered_and_counted_once() -> None:
    project, by = builders.project(), builders.person()
    all_at_once(lambda _: builders.evidence(project, by=by))
    numbers = Evidence.objects.filter(project=project).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, AT_ONCE + 1))
    interviews = [tally for tally in sources_of(project) if tally.kind == SourceKind.INTERVIEW]
    assert [tally.quantity for tally in interviews] == [AT_ONCE]


def test_spans_coded_at_once_are_numbered_once_and_a_span_is_one_excerpt() -> None:
    evidence = builders.evidence(text="abcdefgh")
    version = evidence.latest_version()
    dimensions = list(evidence.project.programme.frame.dimensions.all())
    people = [builders.person() for _ in range(AT_ONCE)]

    def action(number: int) -> None:
        start = number // 2
        code(version=version, start=start, end=start + 1, dimensions=dimensions, by=people[number])

    all_at_once(action)
    numbers = Excerpt.objects.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, AT_ONCE // 2 + 1))
