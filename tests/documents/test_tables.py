"""Lists: search, filters, order, pages, and bad addresses. The files are in test_table_files.py."""

import pytest
from django.db.models import F
from django.db.models.functions import Lower
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from documents.tables import Column, Empty, Search, Table, choice, listing_page
from documents.tables.listing import Listing
from places.models import Organisation, Partnership, Place, Sector
from tests import builders

PLACES = Table[Place](
    noun="place",
    nouns="places",
    columns=[
        Column("name", "Place", lambda place: place.name, sort=[Lower("name")]),
        Column("region", "Region", lambda place: place.region, sort=["region"]),
        Column("note", "Note", lambda place: place.note),
    ],
    sort="name",
    search=Search(),
    filters=[choice("region", "Region", lambda: [("N", "North"), ("S", "South")])],
    empty=Empty("No place yet.", "Add the first place", "/add/"),
)


def listing(query: str = "") -> Listing[Place]:
    return Listing(PLACES, Place.objects.all(), QueryDict(query))


def names(query: str = "") -> list[str]:
    return [place.name for place in listing(query).page]


@pytest.fixture
def three(db):
    builders.place("Wigan", region="N", note="Older people staying well")
    builders.place("birmingham", region="S")
    builders.place("Dudley", region="", note="Trust between partners")


@pytest.mark.usefixtures("three")
class TestThreePlaces:
    def test_letters_sort_without_regard_to_case(self):
        assert names() == ["birmingham", "Dudley", "Wigan"]

    def test_a_minus_turns_the_order_round(self):
        assert names("sort=-name") == ["Wigan", "Dudley", "birmingham"]

    def test_the_head_says_how_it_is_sorted_and_leads_to_the_other_way(self):
        name, region, note = listing("sort=name").headers()
        assert (name.aria_sort, name.address) == ("ascending", "?sort=-name")
        assert (region.aria_sort, region.address) == ("none", "?sort=region")
        assert (note.aria_sort, note.address) == ("", "")
        assert listing("sort=-name").headers()[0].aria_sort == "descending"

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("birmingham", ["birmingham"]),
            ("BIRM", ["birmingham"]),
            ("birm wigan", []),
            ("older wig", ["Wigan"]),
            ("partner", ["Dudley"]),
            ("the", []),
            ("-birmingham", ["Dudley", "Wigan"]),
            ('"older people"', ["Wigan"]),
            ("birmingham or dudley", ["birmingham", "Dudley"]),
            ("' \\ :* & | ! <-> (", []),
        ],
    )
    def test_search(self, typed, found):
        query = QueryDict(mutable=True)
        query["q"] = typed
        assert names(query.urlencode()) == found

    def test_a_filter_narrows_and_stays_in_every_address(self):
        shown = listing("region=N")
        assert names("region=N") == ["Wigan"]
        assert shown.headers()[0].address == "?region=N&sort=-name"
        assert shown.csv_address() == "?region=N&download=csv"

    def test_a_filter_of_no_sense_narrows_nothing_and_says_so(self):
        assert len(names("region=nonsense")) == 3
        assert "region" in listing("region=nonsense").form.errors

    @pytest.mark.parametrize(
        "query",
        [
            "page=abc",
            "page=-1",
            "page=0",
            "page=99999999999999999999999",
            "page=" + "9" * 5000,
            "sort=nonsense",
            "sort=--name",
            "sort=note",
            "q=%00",
            "region=%00",
            "q=" + "%20" * 10_000,
            "page=1&page=2&sort=name&sort=region",
            "unknown=1&q=",
        ],
    )
    def test_bad_addresses_give_the_list(self, query):
        assert len(names(query)) == 3

    def test_a_very_long_search_finds_nothing_and_breaks_nothing(self):
        assert names("q=" + "x" * 10_000) == []


class TestAnySearch(TestCase):
    @given(st.text())
    def test_no_text_breaks_the_search(self, text):
        query = QueryDict(mutable=True)
        query["q"] = text.encode("utf-8", "replace").decode()
        names(query.urlencode())


def many(how_many: int) -> None:
    Place.objects.bulk_create(
        Place(name=f"Place {number:04}", slug=f"place-{number:04}") for number in range(how_many)
    )


@pytest.mark.parametrize("how_many", [3, 3000])
def test_a_page_takes_two_queries_however_many_rows(db, how_many, django_assert_num_queries):
    many(how_many)
    request = RequestFactory().get("/", headers={"HX-Target": "results"})
    with django_assert_num_queries(2):
        listing_page(request, PLACES, Place.objects.all(), template="")


def test_pages(db):
    many(60)
    second = listing("page=2&region=")
    assert second.counted() == "Places 26 to 50 of 60"
    assert second.pages() == [("1", "?page=1"), ("2", "?page=2"), ("3", "?page=3")]
    assert (second.previous(), second.next()) == ("?page=1", "?page=3")
    assert names("page=99")[0] == "Place 0050"
    assert listing("page=99").next() == listing().previous() == ""


def test_far_pages_are_elided(db):
    many(500)
    assert ("…", "") in listing("page=10").pages()


def fragment(query: str = "", **headers: str) -> str:
    request = RequestFactory().get(f"/?{query}", headers={"HX-Target": "results", **headers})
    return listing_page(request, PLACES, Place.objects.all(), template="").content.decode()


def test_an_empty_list_says_what_to_do(db):
    assert "0 places" in fragment()
    assert 'href="/add/" hx-boost="false">Add the first place</a>' in fragment()


def test_an_empty_search_says_what_to_do(db):
    builders.place()
    html = fragment("q=nowhere")
    assert "Nothing matches" in html
    assert "Add the first place" not in html


def test_one_row_is_counted_in_the_singular(db):
    builders.place()
    assert "1 place<" in fragment()


def test_what_people_wrote_is_escaped(db):
    builders.place("<b>Bold</b>")
    assert "&lt;b&gt;Bold&lt;/b&gt;" in fragment()


def test_search_through_rows_that_a_row_names(db):
    council = builders.organisation("Wigan Council", note="Adult social care")
    Partnership.objects.create(place=builders.place("Wigan"), organisation=council)
    table = Table[Partnership](
        noun="partnership",
        nouns="partnerships",
        columns=[Column("id", "Number", lambda row: row.pk, sort=["pk"])],
        sort="id",
        search=Search(["place__search", "organisation__search"]),
        empty=Empty("None."),
    )
    for typed, found in [("wigan adult", 1), ("adult wig", 1), ("adult dudley", 0)]:
        shown = Listing(table, Partnership.objects.all(), QueryDict(f"q={typed}"))
        assert len(shown.page) == found


def test_sorting_leaves_empty_values_last_both_ways(db):
    table = Table[Partnership](
        noun="partnership",
        nouns="partnerships",
        columns=[Column("joined", "Joined", lambda row: row.joined_on, sort=[F("joined_on")])],
        sort="joined",
        empty=Empty("None."),
    )
    place = builders.place()
    for joined in ("2014-01-01", None, "2013-01-01"):
        Partnership.objects.create(
            place=place, organisation=builders.organisation(), joined_on=joined
        )
    for sort in ("joined", "-joined"):
        shown = Listing(table, Partnership.objects.all(), QueryDict(f"sort={sort}"))
        assert shown.page[2].joined_on is None


def test_a_table_cannot_be_sorted_by_what_is_not_sortable():
    with pytest.raises(ValueError, match="cannot be sorted"):
        Table[Organisation](
            noun="", nouns="organisations", columns=[], sort="name", empty=Empty("None.")
        )


def test_a_sector_is_a_choice(db):
    builders.organisation(sector=Sector.NHS)
    narrowing = choice("sector", "Sector", lambda: Sector.choices)
    assert narrowing.narrow(Organisation.objects.all(), Sector.NHS).count() == 1
    assert narrowing.narrow(Organisation.objects.all(), Sector.POLICE).count() == 0
