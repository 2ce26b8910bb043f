"""From the upload to the import, as a person and the worker go through it."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Person
from documents.actions.jobs import request_job, run_job
from documents.models import Job
from programmes.actions.uploads import KIND, delete_old_imports
from programmes.models import Programme, ProgrammeImport
from tests import builders
from tests.programmes.importing import files
from tests.programmes.importing.files import Sheets, small, with_cell, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Person:
    files.frame()
    return builders.staff(builders.programme(), name="Ada Green")


@pytest.fixture
def page(client: Client, staff: Person) -> Client:
    client.force_login(staff)
    return client


def send(page: Client, *uploads: tuple[str, bytes]) -> ProgrammeImport:
    sent = [SimpleUploadedFile(name, content) for name, content in uploads]
    response = page.post(reverse("programmes:import_create"), {"upload": sent})
    assert response.status_code == 302, response.content.decode()
    return ProgrammeImport.objects.latest("pk")


def work() -> None:
    """What a worker does with everything that waits."""
    for job in Job.objects.filter(status=Job.Status.QUEUED):
        run_job(job.pk)


def shown(page: Client, row: ProgrammeImport) -> str:
    return " ".join(page.get(row.get_absolute_url()).content.decode().split())


def checked(page: Client, sheets: Sheets) -> ProgrammeImport:
    row = send(page, ("programme.xlsx", workbook(sheets)))
    work()
    row.refresh_from_db()
    return row


def save(page: Client, row: ProgrammeImport) -> str:
    address = reverse("programmes:import_save", args=[row.pk])
    return " ".join(page.post(address, follow=True).content.decode().split())


def test_a_file_is_checked_then_saved(page: Client) -> None:
    row = send(page, ("programme.xlsx", workbook(small())))
    assert 'hx-trigger="every 1s"' in shown(page, row)
    work()
    html = shown(page, row)
    assert "No faults. Nothing is saved yet." in html
    assert "What importing would do" in html
    assert not Programme.objects.filter(name="Better Together").exists()
    save(page, row)
    work()
    html = shown(page, row)
    assert "Imported on" in html
    assert "Import now" not in html
    row.refresh_from_db()
    assert row.programme == Programme.objects.get(name="Better Together")
    assert row.counts[1] == {"what": "places", "created": 2, "changed": 0, "same": 0}


def test_faults_are_shown_and_nothing_can_be_saved(page: Client) -> None:
    row = checked(page, with_cell(small(), "projects", 3, 2, "soon"))
    html = shown(page, row)
    assert "1 fault. Nothing was saved. Put it right in the file" in html
    assert "“soon” is not a whole number." in html
    assert "Import now" not in html
    assert "Only a file without faults" in save(page, row)
    assert Job.objects.count() == 1


def test_a_file_that_cannot_be_read_is_a_fault_of_the_file(page: Client) -> None:
    row = send(page, ("programme.xlsx", b"PK\x03\x04 nothing"))
    work()
    assert "The file" in shown(page, row)
    assert "damaged" in shown(page, row)


def test_warnings_are_shown(page: Client) -> None:
    row = send(page, *[
        (f"{name}.csv", "\n".join(",".join(map(str, cells)) for cells in rows).encode("cp1252"))
        for name, rows in with_cell(small(), "places", 2, 2, "Mîdlands").items()
    ])  # fmt: skip
    work()
    assert "places: This file is not in UTF-8" in shown(page, row)
    row.refresh_from_db()
    assert row.file_name == "3 files.zip"
    assert row.may_be_saved


def test_what_is_held_already_need_not_be_imported(page: Client, staff: Person) -> None:
    programme = files.imported(small()).programme
    builders.grant(staff, builders.Role.STAFF, programme)
    html = shown(page, checked(page, small()))
    assert "nothing to import: all of it is held already" in html
    assert "Import now" not in html


def test_what_changed_since_the_check_is_noticed(page: Client) -> None:
    row = checked(page, small())
    builders.programme("Better Together")
    save(page, row)
    work()
    assert "only its staff may import into it" in shown(page, row)


def test_a_second_click_asks_once(page: Client) -> None:
    row = checked(page, small())
    save(page, row)
    save(page, row)
    page.post(reverse("programmes:import_check", args=[row.pk]))
    assert Job.objects.count() == 2


def test_a_job_that_is_run_again_saves_once(page: Client) -> None:
    row = checked(page, small())
    save(page, row)
    work()
    first = ProgrammeImport.objects.get(pk=row.pk)
    request_job(
        KIND, by=row.uploaded_by, subject=row, parameters={"save": True, "site": "https://here/"}
    )
    work()
    assert ProgrammeImport.objects.get(pk=row.pk).saved_at == first.saved_at
    assert Job.objects.latest("pk").sentence == "programme.xlsx was imported."


def test_the_file_is_deleted_once_it_is_imported(
    page: Client, django_capture_on_commit_callbacks
) -> None:
    row = checked(page, small())
    assert default_storage.exists(row.file)
    save(page, row)
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert not default_storage.exists(row.file)
    row.refresh_from_db()
    assert row.file == ""


def test_a_file_that_nobody_imports_is_deleted_after_a_while(
    page: Client, django_capture_on_commit_callbacks
) -> None:
    old, new = checked(page, small()), checked(page, small(programme=[["name"], ["Other"]]))
    ProgrammeImport.objects.filter(pk=old.pk).update(
        uploaded_at=timezone.now() - timedelta(days=31)
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_imports() == 1
    assert not default_storage.exists(old.file)
    assert default_storage.exists(new.file)
    assert ProgrammeImport.objects.get() == new


def test_a_file_that_is_gone_can_be_uploaded_again(page: Client) -> None:
    row = checked(page, small())
    default_storage.delete(row.file)
    save(page, row)
    work()
    assert "This file is no longer kept. Upload it again" in shown(page, row)


def test_the_same_content_uploaded_twice_is_kept_until_both_are_done(
    page: Client, django_capture_on_commit_callbacks
) -> None:
    content = workbook(small())
    one, other = (send(page, ("programme.xlsx", content)) for _ in range(2))
    assert one.file == other.file
    work()
    save(page, one)
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert default_storage.exists(other.file)


@pytest.mark.parametrize(
    ("uploads", "sentence"),
    [
        ([], "Choose a workbook or CSV files"),
        ([("a.xlsx", b"words")], "This file is named like an Excel workbook, but it is not one."),
        ([("a.pdf", b"%PDF-1.7")], "Choose an Excel workbook (.xlsx), CSV files (.csv), or a zip"),
        ([("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")], "old Excel format (.xls)"),
        (
            [("a.csv", b"x"), ("b.xlsx", b"y")],
            "Choose one workbook or one zip file, or several CSV",
        ),
        ([("a.csv", b"x"), ("a.csv", b"y")], "Two of the files have the same name."),
        ([("a.csv", b"x" * (20 * 2**20 + 1))], "The files are larger than 20 MB together."),
        ([("a.csv", b"")], "is empty. Select a file that has something in it"),
    ],
)
def test_what_is_no_file_to_import_is_refused_beside_the_field(
    page: Client, uploads: list[tuple[str, bytes]], sentence: str
) -> None:
    sent = [SimpleUploadedFile(name, content) for name, content in uploads]
    response = page.post(reverse("programmes:import_create"), {"upload": sent})
    assert sentence in response.content.decode()
    assert not ProgrammeImport.objects.exists()


def test_whoever_lost_the_right_imports_nothing(page: Client) -> None:
    row = send(page, ("programme.xlsx", workbook(small())))
    Membership.objects.all().delete()
    work()
    assert Job.objects.get().error_for_people.startswith("Whoever asked for this may no longer")
    assert ProgrammeImport.objects.get(pk=row.pk).checked_at is None


def test_a_check_that_failed_can_be_asked_for_again(page: Client) -> None:
    row = send(page, ("programme.xlsx", workbook(small())))
    Job.objects.update(status="failed", finished_at=timezone.now(), error_for_people="It broke.")
    html = shown(page, row)
    assert "It broke." in html
    assert "Check the file again" in html
    page.post(reverse("programmes:import_check", args=[row.pk]))
    work()
    assert "No faults." in shown(page, row)
    save(page, row)
    work()
    html = " ".join(
        page.post(reverse("programmes:import_check", args=[row.pk]), follow=True)
        .content.decode()
        .split()
    )
    assert "This file was imported. Upload it again to check it again." in html


def test_progress_is_polled_until_there_is_something_to_see(page: Client) -> None:
    row = send(page, ("programme.xlsx", workbook(small())))
    poll = {"HX-Request": "true"}
    response = page.get(row.get_absolute_url(), headers=poll)
    assert response.content.decode().strip().startswith("<div role=")
    Job.objects.update(message_sent_at=timezone.now())
    assert "Waiting for its turn" in page.get(row.get_absolute_url(), headers=poll).content.decode()
    work()
    assert page.get(row.get_absolute_url(), headers=poll)["HX-Refresh"] == "true"


def test_the_list_says_what_came_of_each(page: Client) -> None:
    checked(page, small())
    checked(page, with_cell(small(), "projects", 3, 2, "soon"))
    send(page, ("waiting.xlsx", workbook(small())))
    html = page.get(reverse("programmes:imports")).content.decode()
    for words in ("Checked, not imported", "1 fault", "Not checked yet", "waiting.xlsx"):
        assert words in html
