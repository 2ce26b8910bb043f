"""What an import saves, and that it saves it once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import AuditEvent
from places.actions.places import create_place
from places.models import Organisation, Partnership, Place, Sector
from programmes.actions.imports import import_programme
from programmes.importing.opening import read
from programmes.importing.sheets import known_headings
from programmes.models import Cohort, Programme, Project
from tests import builders
from tests.programmes.importing import files
from tests.programmes.importing.files import small, with_cell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frame() -> None:
    files.frame()


def test_checking_saves_nothing_and_counts_what_importing_does() -> None:
    report = files.checked(files.workbook(small()))
    assert not Programme.objects.exists()
    assert files.imported(small()).counts == report.counts


def test_rows_are_saved_with_what_their_cells_say() -> None:
    programme = files.imported(small()).programme
    assert programme is not None
    assert (programme.slug, programme.started) == ("better-together", 2024)
    project = Project.objects.get(place__name="Kent")
    assert project.programme == programme
    assert (project.slug, project.focus, project.cohort.number) == ("kent", "Housing", 1)
    assert Cohort.objects.count() == 1


def test_the_same_file_twice_changes_nothing() -> None:
    files.imported(small())
    events = AuditEvent.objects.count()
    report = files.imported(small())
    assert report.changes_nothing
    assert report.is_saved
    assert AuditEvent.objects.count() == events


def test_case_and_spaces_do_not_make_another_row() -> None:
    files.imported(small())
    report = files.imported(with_cell(small(), "places", 2, 1, "  dudley "))
    assert report.changes_nothing
    assert Place.objects.filter(name="Dudley").exists()


def test_a_changed_file_changes_rows_and_says_so_beforehand() -> None:
    files.imported(small())
    sheets = with_cell(small(), "places", 2, 2, "Midlands")
    assert files.count(files.checked(files.workbook(sheets)), "places") == (0, 1, 1)
    assert Place.objects.get(name="Dudley").region == "West Midlands"
    files.imported(sheets)
    assert Place.objects.get(name="Dudley").region == "Midlands"


def test_a_blank_cell_leaves_what_is_held() -> None:
    files.imported(small())
    assert files.imported(with_cell(small(), "places", 2, 2, None)).changes_nothing
    assert Place.objects.get(name="Dudley").region == "West Midlands"


def test_a_place_of_another_programme_is_the_same_place() -> None:
    held = builders.place("Dudley", region="West Midlands")
    files.imported(small())
    assert Project.objects.get(focus="Ageing").place == held


def test_a_place_may_have_a_project_in_each_cohort() -> None:
    rows = [
        ["place", "cohort", "focus"],
        ["Kent", 1, "Housing"],
        ["Kent", 2, "Food"],
        ["Dudley", 1, "x"],
    ]
    files.imported(small(projects=rows))
    slugs = Project.objects.filter(place__name="Kent").values_list("slug", flat=True)
    assert list(slugs) == ["kent", "kent-2"]


def test_names_that_make_the_same_address_are_told_apart() -> None:
    places = [["place"], ["Kent!"], ["Kent"], ["ケント"], ["Dudley"]]
    files.imported(small(places=places))
    assert set(Place.objects.values_list("slug", flat=True)) == {
        "kent",
        "kent-2",
        "place",
        "dudley",
    }


def test_organisations_and_partnerships() -> None:
    sheets = small(
        organisations=[
            ["name", "Sector"],
            ["Age UK", "VOLUNTARY"],
            ["Council", "local-government"],
        ],
        partnerships=[["Place", "organisation", "joined"], ["Kent", "age uk", "1 March 2024"]],
    )
    files.imported(sheets)
    assert Organisation.objects.get(name="Age UK").sector == Sector.VOLUNTARY
    partnership = Partnership.objects.get()
    assert (partnership.place.name, partnership.joined_on) == ("Kent", date(2024, 3, 1))
    sheets["partnerships"][1].append(None)
    sheets["partnerships"][0] += ["left"]
    sheets["partnerships"][1][3] = "2025-03-01"
    assert files.count(files.imported(sheets), "partnerships") == (0, 1, 0)
    partnership.refresh_from_db()
    assert partnership.left_on == date(2025, 3, 1)


def test_each_row_and_the_import_leave_an_event_with_who_did_it() -> None:
    someone = builders.staff(builders.programme(), name="Ada Green")
    files.imported(small(), by=someone)
    kinds = list(AuditEvent.objects.values_list("kind", flat=True))
    assert kinds.count("place.created") == kinds.count("project.created") == 2
    event = AuditEvent.objects.get(kind="programme.imported")
    assert event.by_name == "Ada Green"
    assert event.changes["places"] == ["", "2 created, 0 changed"]
    assert event.scope_id == str(Programme.objects.get(name="Better Together").pk)


def test_an_event_of_a_change_has_old_and_new() -> None:
    files.imported(small())
    files.imported(with_cell(small(), "programme", 2, 2, "Wales"))
    event = AuditEvent.objects.get(kind="programme.changed")
    assert event.changes == {"country": ["England", "Wales"]}


def test_an_event_of_a_new_row_says_what_stood_in_it_as_if_it_were_added_by_hand() -> None:
    files.imported(
        small(
            places=[["place", "region"], ["Kent", "South East"], ["Dudley"]],
            organisations=[["organisation", "sector"], ["Age UK", "voluntary and community"]],
            partnerships=[["place", "organisation", "part"], ["Kent", "Age UK", "Host"]],
        )
    )
    create_place(by=None, name="Leeds", region="North")
    told = {
        (event.kind, event.subject_name): event.changes
        for event in AuditEvent.objects.filter(kind__endswith=".created")
    }
    assert told["place.created", "Leeds"] == {"name": ["", "Leeds"], "region": ["", "North"]}
    assert told["place.created", "Kent"] == {"name": ["", "Kent"], "region": ["", "South East"]}
    assert told["organisation.created", "Age UK"]["sector"] == ["", "Voluntary and community"]
    partnership = Partnership.objects.get()
    assert told["partnership.created", str(partnership)]["part"] == ["", "Host"]
    assert all(told.values())


def test_progress_goes_from_nothing_to_all() -> None:
    seen: list[tuple[int, int, str]] = []
    opened = read("file.xlsx", files.workbook(small()), known_headings())
    import_programme(
        opened, file_name="file.xlsx", by=None, progress=lambda *step: seen.append(step)
    )
    done = [step[0] for step in seen]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, seen[-1][1])
    assert {"Reading the file", "Checking the rows", "Saving projects"} < {step[2] for step in seen}


def test_names_that_only_the_database_takes_for_one_are_refused() -> None:
    """Lower case of one is the other to PostgreSQL, but not to Python."""
    builders.place("i")
    with pytest.raises(ValidationError, match="written a little differently"), transaction.atomic():
        files.imported(small(places=[["place"], ["Kent"], ["Dudley"], ["\u0130"]]))
    assert not Programme.objects.exists()
