"""Adding and changing rows, and two people with the same form open."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.actions.rows import add, change, free_slug, save_or_refuse
from accounts.models import AuditEvent
from places.actions.places import change_place, create_place
from places.events import PlaceEvent
from places.forms.organisation import OrganisationForm
from places.forms.place import PlaceForm
from places.models import Organisation, Place, Sector
from tests import builders

pytestmark = pytest.mark.django_db


def test_an_added_row_is_in_the_trail():
    ann = builders.person("Ann")
    place = add(Place(name="Wigan", slug="wigan"), by=ann, kind=PlaceEvent.CREATED)
    event = AuditEvent.objects.get()
    assert (event.kind, event.by_name, event.subject_id) == ("place.created", "Ann", str(place.pk))


def test_a_change_keeps_old_and_new_as_people_read_them():
    organisation = builders.organisation("Trust", sector=Sector.NHS)
    new = {"sector": Sector.POLICE, "is_invented": True, "name": "Trust"}
    change(organisation, new, by=None, kind=PlaceEvent.CHANGED)
    event = AuditEvent.objects.get()
    assert event.changes == {"sector": ["NHS", "Police"], "is_invented": ["No", "Yes"]}
    assert event.by_name == "Placework"
    assert Organisation.objects.get().sector == Sector.POLICE


def test_no_change_leaves_no_trace():
    place = builders.place(region="North")
    change(place, {"region": "North"}, by=None, kind=PlaceEvent.CHANGED)
    assert not AuditEvent.objects.exists()


def test_a_refused_row_leaves_nothing_behind():
    builders.place("Wigan")
    with pytest.raises(ValidationError, match="another place has this one"):
        create_place(by=None, name="WIGAN")
    assert Place.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_a_constraint_without_a_sentence_is_a_fault():
    builders.place("Wigan")
    with pytest.raises(IntegrityError):
        save_or_refuse(Place(name="wigan", slug="other"), {})


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Wigan", "wigan-2"),
        ("Wig an!", "wig-an"),
        ("New", "new-2"),
        ("東京", "place"),
        ("x" * 300, "x" * 190),
    ],
)
def test_slugs_are_made_from_names_and_free(name, slug):
    builders.place("Wigan", slug="wigan")
    assert free_slug(Place.objects.all(), name) == slug


def sent(form, **typed):
    """What a browser sends for this form with some fields typed anew."""
    fields = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (fields | typed).items()}


class TestTwoPeople:
    @pytest.fixture
    def place(self):
        return builders.place("Wigan", region="North", note="Line one\nLine two")

    @pytest.fixture
    def opened(self, place):
        """Both open the form; Ann saves another region first."""
        opened = PlaceForm(instance=Place.objects.get(pk=place.pk))
        change_place(place=place, by=builders.person("Ann"), region="North West")
        return opened

    def form(self, place, data):
        return PlaceForm(data, instance=Place.objects.get(pk=place.pk))

    def test_the_second_is_told_who_changed_what(self, place, opened):
        form = self.form(place, sent(opened, region="North East"))
        assert form.through(change_place, by=None, place=place) is None
        assert "Ann changed this while you were editing: Region" in form.non_field_errors()[0]
        assert form.errors["region"] == ["Region is now “North West”"]
        assert form["region"].value() == "North East"
        assert Place.objects.get().region == "North West"

    def test_what_the_second_did_not_touch_is_taken_over(self, place, opened):
        form = self.form(place, sent(opened, note="Mine"))
        assert not form.is_valid()
        assert "region" not in form.errors
        assert (form["region"].value(), form["note"].value()) == ("North West", "Mine")

    def test_saving_again_goes_through(self, place, opened):
        first = self.form(place, sent(opened, region="North East"))
        assert not first.is_valid()
        again = self.form(place, sent(first))
        assert again.through(change_place, by=None, place=place)
        assert Place.objects.get().region == "North East"

    def test_the_same_change_twice_is_no_conflict(self, place, opened):
        form = self.form(place, sent(opened, region="North West"))
        assert form.through(change_place, by=None, place=place)

    def test_line_ends_of_the_browser_are_no_change(self, place):
        opened = PlaceForm(instance=place)
        form = self.form(place, sent(opened, note="Line one\r\nLine two"))
        assert form.through(change_place, by=None, place=place)
        assert not AuditEvent.objects.exists()

    @pytest.mark.parametrize("seen", ["", "nonsense", "a:b:c"])
    def test_a_digest_of_no_sense_is_none(self, place, seen):
        assert self.form(place, sent(PlaceForm(instance=place), seen=seen)).is_valid()

    def test_a_row_that_changed_without_a_trail(self, place):
        opened = PlaceForm(instance=Place.objects.get())
        Place.objects.update(area_code="E08000010")
        form = self.form(place, sent(opened, area_code="E08000011"))
        assert "Somebody changed this" in str(form.errors)


def test_choices_are_shown_by_their_names():
    organisation = builders.organisation(sector=Sector.NHS)
    opened = OrganisationForm(instance=organisation)
    Organisation.objects.update(sector=Sector.FIRE_AND_RESCUE)
    form = OrganisationForm(sent(opened, sector=Sector.POLICE), instance=Organisation.objects.get())
    assert form.errors["sector"] == ["Sector is now “Fire and rescue”"]


def test_a_new_row_has_nothing_to_compare():
    assert "seen" not in PlaceForm().fields
    assert not re.search("seen", str(PlaceForm()))
