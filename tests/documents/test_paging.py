"""Short lists among other things on a page."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from documents.paging import AT_ONCE, some_of
from places.models import Place
from tests import builders

pytestmark = pytest.mark.django_db


def some(asked: str):
    return some_of(Place.objects.order_by("-pk"), QueryDict(asked), "files")


def test_the_first_come_first_and_the_others_have_an_address():
    places = [builders.place() for _ in range(AT_ONCE + 1)]
    newest, rest = some("cohort=1"), some("cohort=1&files=2")
    assert list(newest) == places[:0:-1]
    assert (newest.newer, newest.older) == ("", "?cohort=1&files=2")
    assert list(rest) == places[:1]
    assert (rest.newer, rest.older) == ("?cohort=1&files=1", "")
    shown = {"some": newest, "what": "files", "request": RequestFactory().get("/here/")}
    drawn = render_to_string("page/newer_and_older.html", shown)
    assert "Older files" in drawn
    assert 'href="/here/?cohort=1&amp;files=2"' in drawn
    assert "Newer" not in drawn


def test_few_have_none():
    builders.place()
    assert not (some("files=x").newer)
    assert not (some("files=x").older)
    assert bool(some(""))


def test_none_are_false():
    assert not some("")
