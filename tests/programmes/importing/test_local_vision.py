"""The programme that is shipped with Placework comes in as its tables stand."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum

from accounts.models import AuditEvent
from evaluation.models import CaseStudy, CaseStudyType, Source, SourceKind
from places.models import Place
from programmes.models import Programme, Project
from tests import builders
from tests.programmes.importing import files

pytestmark = pytest.mark.django_db

LOCAL_VISION = Path(__file__).parents[3] / "programmes" / "demonstration" / "local-vision"


@pytest.fixture(autouse=True)
def frame() -> None:
    files.frame()


def test_it_has_the_figures_that_the_study_reports(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_programme", LOCAL_VISION)
    assert "Imported.\n  programmes: 1 created" in capsys.readouterr().out
    programme = Programme.objects.get()
    assert (programme.name, programme.slug) == ("Systems Leadership: Local Vision", "local-vision")
    assert (Place.objects.count(), Project.objects.count()) == (12, 12)
    of_kind = dict(Source.objects.values_list("kind").annotate(Sum("quantity")))
    assert of_kind[SourceKind.INTERVIEW] == 43
    assert of_kind[SourceKind.MOU] == 11
    assert of_kind[SourceKind.SITE_VISIT] == 4
    types = list(CaseStudy.objects.values_list("type", flat=True))
    assert [types.count(type_) for type_ in CaseStudyType.values] == [4, 3, 5]
    assert Place.objects.filter(name="Bournemouth, Dorset and Poole", note__contains="BDP").exists()


def test_again_it_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_programme", LOCAL_VISION)
    capsys.readouterr()
    call_command("import_programme", LOCAL_VISION)
    lines = capsys.readouterr().out.splitlines()[1:]
    assert lines
    assert all(": 0 created, 0 changed, " in line for line in lines)


def test_checking_saves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_programme", LOCAL_VISION, check=True)
    assert "No faults. Importing would do this:\n  programmes: 1 created" in capsys.readouterr().out
    assert not Programme.objects.exists()


def test_faults_are_listed_and_end_the_command(tmp_path: Path) -> None:
    folder = shutil.copytree(LOCAL_VISION, tmp_path / "spoilt")
    sources = folder / "sources.csv"
    sources.write_text(sources.read_text().replace("Kent,interview", "Kant,interwiev"))
    with pytest.raises(CommandError) as caught:
        call_command("import_programme", folder)
    assert caught.value.returncode == 1
    first, *faults = str(caught.value).splitlines()
    assert first == "2 faults; nothing was saved."
    assert faults[0].startswith("sources, row 25, source: “interwiev” is not a kind of source. Did")
    assert faults[1].startswith("sources, row 25, place: There is no place called “Kant”")
    assert not Programme.objects.exists()


def test_warnings_are_written_beside(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = shutil.copytree(LOCAL_VISION, tmp_path / "windows")
    (folder / "places.csv").write_bytes(
        (folder / "places.csv").read_bytes().replace(b"Cheshire West", b"Cheshire \x96 West")
    )
    call_command("import_programme", folder)
    assert "Warning: places: This file is not in UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere.xlsx"], "There is no file or folder nowhere.xlsx."),
        ([str(LOCAL_VISION), "--by", "nobody@example.org"], "Nobody has the e-mail address"),
        ([str(LOCAL_VISION), "--by", "partner@example.org"], "may not import programmes."),
        ([str(LOCAL_VISION / ".." / ".." / "apps.py")], "Choose an Excel workbook"),
    ],
)
def test_the_command_says_what_is_wrong_with_its_arguments(
    arguments: list[str], reason: str
) -> None:
    builders.person(email="partner@example.org")
    with pytest.raises(CommandError, match=reason):
        call_command("import_programme", *arguments)


def test_an_event_says_who_imported() -> None:
    staff = builders.staff(builders.programme(), email="Staff@example.org")
    call_command("import_programme", LOCAL_VISION, by="staff@example.org")
    imported = AuditEvent.objects.get(kind="programme.imported")
    assert imported.by_id == str(staff.pk)


def test_more_faults_than_can_be_read_are_counted(tmp_path: Path) -> None:
    folder = shutil.copytree(LOCAL_VISION, tmp_path / "spoilt")
    rows = ["place,source,count", *(f"Nowhere {n},interview,1" for n in range(250))]
    (folder / "sources.csv").write_text("\n".join(rows))
    with pytest.raises(CommandError, match=r"250 faults(.|\n)*\.\.\. and 50 more\."):
        call_command("import_programme", folder)


def test_what_the_database_refuses_ends_the_command(tmp_path: Path) -> None:
    builders.place("i")
    folder = shutil.copytree(LOCAL_VISION, tmp_path / "unusual")
    with (folder / "places.csv").open("a", encoding="utf-8") as places:
        places.write("\u0130,,,,\n")
    with transaction.atomic(), pytest.raises(CommandError, match="Nothing was saved"):
        call_command("import_programme", folder, address="https://here.example/")
