"""Places and organisations: their lists, pages and forms."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from places.models import Organisation, Partnership, Place, Sector
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = builders.staff(builders.programme(), name="Stella Staff")
    client.force_login(person)
    return person


@pytest.fixture
def partner(client):
    person = builders.grant(builders.person(), Role.PARTNER, builders.place("Home"))
    client.force_login(person)
    return person


def html(response):
    assert response.status_code == 200
    return response.content.decode()


class TestPlaces:
    def test_list_shows_search_regions_and_marks_what_is_invented(self, client, partner):
        builders.place("Elm Valley", region="North West", is_invented=True)
        page = html(client.get(reverse("places:places")))
        assert "2 places" in page
        assert "Invented for the demonstration" in page
        assert '<option value="North West">North West</option>' in page
        assert "Add a place" not in page

    @pytest.mark.parametrize("rows", [3, 3000])
    def test_list_has_one_query_count(self, client, staff, rows, django_assert_num_queries):
        Place.objects.bulk_create(
            Place(name=f"Place {n}", slug=f"p-{n}", region=f"Region {n % 9}") for n in range(rows)
        )
        client.get(reverse("places:places"))
        with django_assert_num_queries(6):
            client.get(reverse("places:places"))

    def test_staff_add_a_place(self, client, staff):
        answer = client.post(
            reverse("places:place_create"), {"name": "Wigan & Leigh", "area_code": "E08000010"}
        )
        assert answer.url == "/places/wigan-leigh/"
        assert "Wigan &amp; Leigh was added" in html(client.get(answer.url))
        assert AuditEvent.objects.get().by_name == "Stella Staff"

    def test_what_is_wrong_is_said_beside_the_field_and_kept(self, client, staff):
        page = html(client.post(reverse("places:place_create"), {"area_code": "e8", "note": "Two"}))
        assert "Enter the name of the place" in page
        assert "Enter one capital letter and eight digits" in page
        assert 'value="e8"' in page
        assert "Two</textarea>" in page

    def test_a_name_that_another_place_has_is_refused(self, client, staff):
        builders.place("Wigan")
        page = html(client.post(reverse("places:place_create"), {"name": "wigan"}))
        assert "another place has this one" in page

    def test_staff_change_a_place_and_its_address_stays(self, client, staff):
        place = builders.place("Wigan", slug="wigan", region="North")
        answer = client.post(
            reverse("places:place_edit", args=["wigan"]), {"name": "Leigh", "region": "North"}
        )
        assert answer.url == "/places/wigan/"
        assert AuditEvent.objects.get().changes == {"name": ["Wigan", "Leigh"]}
        place.refresh_from_db()
        assert place.name == "Leigh"

    def test_page_shows_partners_of_now_first(self, client, partner):
        place = builders.place("Wigan", note="One\nTwo", is_invented=True)
        for name, left_on in [("Gone", "2014-05-01"), ("Here", None)]:
            Partnership.objects.create(
                place=place,
                organisation=builders.organisation(name, sector=Sector.POLICE),
                part="lead partner",
                joined_on="2013-04-01",
                left_on=left_on,
            )
        page = html(client.get(reverse("places:place", args=[place.slug])))
        assert page.index("Here") < page.index("Gone")
        assert "Invented for the demonstration" in page
        for shown in ("Police", "lead partner", "1 April 2013", "1 May 2014", "One<br>Two"):
            assert shown in page
        assert "Change or end" not in page

    def test_a_place_without_partners_says_so(self, client, staff):
        page = html(client.get(reverse("places:place", args=[builders.place("Wigan").slug])))
        assert "No organisation has been added to Wigan yet" in page
        assert "Add an organisation" in page


class TestOrganisations:
    def test_list_names_the_places_of_now(self, client, partner):
        council = builders.organisation("Council")
        for name, left_on in [("Wigan", None), ("Leigh", None), ("Bolton", "2014-01-01")]:
            Partnership.objects.create(
                place=builders.place(name), organisation=council, left_on=left_on
            )
        page = html(client.get(reverse("places:organisations")))
        assert "Leigh, Wigan" in page
        assert "Bolton" not in page

    @pytest.mark.parametrize("rows", [3, 300])
    def test_list_has_one_query_count(self, client, staff, rows, django_assert_num_queries):
        place = builders.place()
        organisations = Organisation.objects.bulk_create(
            Organisation(name=f"O {n}", slug=f"o-{n}", sector="nhs") for n in range(rows)
        )
        Partnership.objects.bulk_create(
            Partnership(place=place, organisation=each) for each in organisations
        )
        with django_assert_num_queries(5):
            client.get(reverse("places:organisations"))

    def test_staff_add_and_change_an_organisation(self, client, staff):
        answer = client.post(
            reverse("places:organisation_create"),
            {"name": "Wigan Council", "sector": "local_government"},
        )
        assert answer.url == "/places/organisations/wigan-council/"
        edit = reverse("places:organisation_edit", args=["wigan-council"])
        answer = client.post(
            edit,
            {
                "name": "Wigan Council",
                "sector": "other",
                "website": "https://example.org",
                "note": "N",
            },
        )
        page = html(client.get(answer.url))
        for shown in ("Other", "https://example.org", "It belongs to no place yet"):
            assert shown in page

    def test_what_is_wrong_is_said(self, client, staff):
        builders.organisation("Wigan Council")
        answer = client.post(
            reverse("places:organisation_create"), {"name": "WIGAN COUNCIL", "sector": "nhs"}
        )
        assert "another organisation has this one" in html(answer)
        assert "Select a sector" in html(
            client.post(reverse("places:organisation_create"), {"name": "x"})
        )

    def test_page_names_its_places(self, client, partner):
        council = builders.organisation("Council", is_invented=True)
        Partnership.objects.create(
            place=builders.place("Wigan"),
            organisation=council,
            part="host",
            joined_on="2013-01-02",
            left_on="2014-01-02",
        )
        page = html(client.get(reverse("places:organisation", args=[council.slug])))
        assert "as host, from 2 January 2013, until 2 January 2014" in page


class TestPartnerships:
    def test_staff_add_an_organisation_to_a_place(self, client, staff):
        place, council = builders.place("Wigan"), builders.organisation("Council")
        address = reverse("places:partnership_create", args=[place.slug])
        answer = client.post(
            address, {"organisation": council.pk, "part": "host", "joined_on": "1 April 2013"}
        )
        assert answer.url == reverse("places:place", args=[place.slug])
        assert "Council was added to Wigan" in html(client.get(answer.url))
        assert f'<option value="{council.pk}">' not in html(client.get(address))
        assert "Select an organisation" in html(client.post(address, {"organisation": council.pk}))

    def test_an_organisation_leaves(self, client, staff):
        partnership = Partnership.objects.create(
            place=builders.place("Wigan"),
            organisation=builders.organisation(),
            joined_on="2013-04-01",
        )
        address = reverse("places:partnership_edit", args=[partnership.pk])
        refused = html(client.post(address, {"joined_on": "1/4/2013", "left_on": "31/3/2013"}))
        assert "Enter a date that is not before it joined" in refused
        assert (
            client.post(address, {"joined_on": "1/4/2013", "left_on": "1/5/2014"}).status_code
            == 302
        )
        assert AuditEvent.objects.get().changes == {"left_on": ["", "1 May 2014"]}
