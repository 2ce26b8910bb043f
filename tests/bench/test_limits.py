"""What the bench lets pass, tried on pages made for it: the floor page, so many times over."""

from collections.abc import Iterator
from itertools import chain, repeat

import pytest
from django.urls import set_urlconf

from places.models import Place
from tests import builders
from tests.bench import pages
from tests.bench.pages import Measured, Reading, Trial
from tests.bench.server_time import Page, floor_page
from tests.walk import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 5)


@pytest.fixture
def floor() -> Iterator[Page]:
    yield floor_page()
    set_urlconf(None)  # it has addresses of its own, which a request leaves for the next to change


def tried(page: Page, floor: Page) -> Measured:
    def fill(rows: int) -> None:
        for _ in range(rows):
            builders.place()

    (measured,) = Trial([Reading("page", Kind.STAFF, page)], floor).measured(fill)
    return measured


def several(floor: Page, times: Iterator[int]) -> Page:
    """A page that takes as long as the floor page does, so many times each time."""

    def page() -> bytes:
        return b"".join(floor() for _ in range(next(times)))

    return page


def test_a_quick_page_passes(floor: Page) -> None:
    assert tried(several(floor, repeat(1)), floor).is_good


def test_a_slow_page_does_not(floor: Page) -> None:
    measured = tried(several(floor, repeat(5)), floor)
    assert measured.ratio > pages.LIMIT
    assert not measured.is_good


def test_a_page_that_was_slow_for_a_while_is_measured_again(floor: Page) -> None:
    measured_twice = 3 + 10 + 3 + 30
    page = several(floor, chain([5] * measured_twice, repeat(1)))
    assert Trial([], floor).times(Reading("page", Kind.STAFF, page))[-1] < 2


def test_one_more_query_for_each_row_does_not_pass(floor: Page) -> None:
    def page() -> bytes:
        return b"".join(str(place.partnerships.count()).encode() for place in Place.objects.all())

    measured = tried(page, floor)
    assert measured.queries_of_few < measured.queries_of_many
    assert not measured.is_good
