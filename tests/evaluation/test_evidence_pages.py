"""What evaluators do with evidence on pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Person
from documents.actions.jobs import run_job
from documents.models import Job
from evaluation.actions.coding import code_excerpt, remove_excerpt
from evaluation.actions.evidence import add_version, declare_sources, withdraw
from evaluation.models import Evidence, Excerpt, SourceKind, Upload
from evaluation.names import reads_like_a_name
from evaluation.queries.sources import sources_of
from programmes.models import Project
from tests import builders
from tests.evaluation.extraction.files import long_pdf

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "interview",
    "title": "Talk",
    "collected_on": "3 March 2014",
    "speaker_role": "councillor",
    "speaker_place": "Dudley",
    "text": "We met.\r\nAgain.",
}


class Desk:
    """An evaluator with one project, and what they open and send."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.project: Project = builders.project(place=builders.place("Dudley"))
        self.by: Person = builders.evaluator(self.project.programme)
        client.force_login(self.by)

    def path(self, name: str, pk: int, **more: Any) -> str:
        return reverse(f"evaluation:{name}", kwargs={"pk": pk, **more})

    def open(self, name: str, pk: int, query: str = "", **more: Any) -> HttpResponse:
        return self.client.get(self.path(name, pk, **more) + query)

    def send(self, name: str, pk: int, data: dict[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(self.path(name, pk), data or {}, follow=True, **more)

    def add(self, **changed: Any) -> Any:
        return self.send("evidence_create", self.project.pk, TYPED | changed)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def file(content: bytes = b"caf\xe9 talk", name: str = "talk.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_typed_text_is_added(desk: Desk) -> None:
    response = desk.add()
    item = Evidence.objects.get()
    assertRedirects(response, item.get_absolute_url())
    assertContains(response, "E1 was added")
    assert item.latest_version().text == "We met.\nAgain."
    assert str(item.collected_on) == "2014-03-03"
    assert (item.kind, item.attribution) == ("interview", "councillor, Dudley")


def test_what_was_typed_is_kept_beside_what_is_wrong(desk: Desk) -> None:
    response = desk.add(kind="", text="", title="Kept title")
    assertContains(response, "Select a kind of source")
    assertContains(response, "Enter the text, or choose a file")
    assertContains(response, "Kept title")
    assert not Evidence.objects.exists()


def test_a_role_that_reads_like_a_name_is_asked_about(desk: Desk) -> None:
    assertContains(desk.add(speaker_role="Ann Smith"), "reads like somebody")
    assertNotContains(desk.add(speaker_role="Chief Executive"), "reads like somebody")


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Ann Smith", True),
        ("Zoë O’Neill-Grant", True),  # noqa: RUF001
        ("Cllr Jones", True),
        ("Dr. Patel", True),
        ("project partner", False),
        ("Director of Housing", False),
        ("GP", False),
        ("Public Health Consultant", False),
        ("", False),
        ("NHS CCG", False),
    ],
)
def test_names_are_guessed(role: str, expected: bool) -> None:
    assert reads_like_a_name(role) is expected


def test_it_may_be_one_of_the_sources_listed(desk: Desk) -> None:
    assertNotContains(desk.open("evidence_create", desk.project.pk), "already listed")
    declare_sources(project=desk.project, kind=SourceKind.INTERVIEW, quantity=2, by=desk.by)
    page = desk.open("evidence_create", desk.project.pk)
    assertContains(page, "Listed so far without their text: 2 interview")
    desk.add(already_listed="on")
    assert [str(tally) for tally in sources_of(desk.project)] == ["2 interview"]
    response = desk.add(kind="minutes", already_listed="on")
    assertContains(response, "No minutes is listed yet")


def test_a_file_is_looked_at_and_put_right_before_it_is_added(desk: Desk) -> None:
    response = desk.add(text="", file=file())
    upload = Upload.objects.get()
    assertRedirects(response, upload.get_absolute_url())
    assertContains(response, "Windows-1252 was guessed")
    assertContains(response, "café talk")
    assertContains(response, 'value="Talk"')
    assert not Evidence.objects.exists()
    response = desk.send("upload", upload.pk, TYPED | {"text": "café talk, put right"})
    item = Evidence.objects.get()
    assertRedirects(response, item.get_absolute_url())
    version = item.latest_version()
    assert (version.text, version.file_name) == ("café talk, put right", "talk.txt")
    assertContains(response, "Windows-1252 was guessed")
    download = desk.open("version_file", item.pk, number=1)
    assert b"".join(download.streaming_content) == b"caf\xe9 talk"  # type: ignore[attr-defined]
    assert download["Content-Disposition"] == 'attachment; filename="talk.txt"'


def test_what_is_wrong_when_accepting_is_said_and_nothing_lost(desk: Desk) -> None:
    desk.add(text="", file=file())
    response = desk.send("upload", Upload.objects.get().pk, TYPED | {"title": "", "text": "kept"})
    assertContains(response, "Enter the title")
    assertContains(response, "kept")
    assert Upload.objects.count() == 1


def test_a_file_that_cannot_be_read_is_said_at_the_field(desk: Desk) -> None:
    response = desk.add(text="", title="Kept title", file=file(b"\x89PNG\r\n", "scan.png"))
    assertContains(response, "This is a picture")
    assertContains(response, "Kept title")
    assert not Upload.objects.exists()


def test_a_file_or_a_text_but_not_both(desk: Desk) -> None:
    assertContains(desk.add(file=file()), "not both")


def test_a_file_is_discarded(desk: Desk) -> None:
    desk.add(text="", file=file())
    response = desk.send("upload_discard", Upload.objects.get().pk)
    assertContains(response, "The file was discarded")
    assert not Upload.objects.exists()


def test_the_same_file_again_is_noticed(desk: Desk) -> None:
    for _ in range(2):
        response = desk.add(text="", file=file(b"same"))
        if not Evidence.objects.exists():
            desk.send("upload", Upload.objects.get().pk, TYPED)
    assertContains(response, "The same file is in the evidence already")


def test_a_long_pdf_is_read_in_the_background(desk: Desk) -> None:
    response = desk.add(text="", file=file(long_pdf(), "long.pdf"))
    assertContains(response, "is being read")
    assertContains(response, "See how far it is")
    upload, job = Upload.objects.get(), Job.objects.get()
    desk.client.force_login(builders.evaluator(desk.project.programme))
    assertContains(desk.open("upload", upload.pk), "See whether it is read")
    Upload.objects.update(file_name="x.pdf")
    run_job(job.pk)
    assertContains(desk.open("upload", upload.pk), "Look at the text")


def test_a_long_pdf_that_cannot_be_read_says_why(desk: Desk) -> None:
    desk.add(text="", file=file(long_pdf(), "long.pdf"))
    Job.objects.update(status="failed", error_for_people="This PDF is of pictures.")
    assertContains(desk.open("upload", Upload.objects.get().pk), "This PDF is of pictures.")


def test_the_list_shows_what_was_made_of_each_item(desk: Desk) -> None:
    builders.excerpt(desk.project)
    withdraw(evidence=builders.evidence(desk.project), reason="Asked.", by=desk.by)
    response = desk.open("evidence_list", desk.project.pk)
    assertContains(response, "2 items of evidence")
    assertContains(response, "Withdrawn")
    assertContains(response, "1 interview (1 with text here)")


def test_the_list_is_sorted_by_what_was_made_of_each_item(desk: Desk) -> None:
    one = builders.excerpt(desk.project)
    programme = desk.project.programme
    code_excerpt(excerpt=one, dimensions=list(programme.frame.dimensions.all()), by=desk.by)
    gone = builders.excerpt(desk.project)
    remove_excerpt(excerpt=gone, by=gone.created_by)
    for query in ("?sort=-excerpts", "?sort=-codings"):
        listed = desk.open("evidence_list", desk.project.pk, query).content.decode()
        assert listed.index(">E1<") < listed.index(">E2<")
        others = desk.open("evidence_list", desk.project.pk, query.replace("-", ""))
        listed = others.content.decode()
        assert listed.index(">E2<") < listed.index(">E1<")
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">3</td>' in listed


def test_details_are_changed(desk: Desk) -> None:
    item = builders.evidence(desk.project)
    response = desk.send("evidence_edit", item.pk, TYPED | {"kind": "minutes", "title": "Board"})
    assertContains(response, "E1 was saved")
    item.refresh_from_db()
    assert (item.kind, item.title, item.speaker_role) == ("minutes", "Board", "councillor")
    assertContains(desk.send("evidence_edit", item.pk, TYPED | {"title": ""}), "Enter the title")


def test_withdrawing_shows_first_what_it_touches(desk: Desk) -> None:
    study = builders.case_study(desk.project)
    excerpt = builders.excerpt(desk.project)
    study.sections.get(heading="start_up_conditions").placements.create(excerpt=excerpt, position=1)
    item = excerpt.version.evidence
    assertContains(desk.open("evidence_withdraw", item.pk), "Q1 in “Start-up conditions”")
    assertContains(desk.send("evidence_withdraw", item.pk, {"reason": ""}), "Why is it withdrawn?”")
    response = desk.send("evidence_withdraw", item.pk, {"reason": "They asked us to."})
    assertContains(response, "They asked us to.")
    assertContains(response, "Q1 in “Start-up conditions”")
    assertNotContains(response, "We had to meet")
    assertNotContains(desk.open("excerpt", excerpt.pk), "We had to meet")
    for name in ("version_create", "passage_paste"):
        assertRedirects(desk.open(name, item.pk), item.get_absolute_url())
    assert desk.open("version", item.pk, number=1).status_code == 404
    assert desk.open("version_file", item.pk, number=1).status_code == 404
    again = desk.send("evidence_withdraw", item.pk, {"reason": "Again."})
    assertContains(again, "was withdrawn and can no longer be changed")


def test_a_text_is_changed_and_its_excerpts_carried(desk: Desk) -> None:
    item = builders.evidence(desk.project, "Alpha. Beta.")
    builders.excerpt_from(item, "Alpha")
    gone = builders.excerpt_from(item, "Beta")
    assertContains(desk.open("version_create", item.pk), "Alpha. Beta.")
    response = desk.send("version_create", item.pk, {"text": "So: Alpha."})
    assertContains(response, "E1 has a new version of its text")
    assertContains(response, "2 excerpts of earlier versions stay on them")
    page = desk.open("excerpts_carry", item.pk)
    assertContains(page, "The passage is not in the latest version")
    assertContains(page, "can be carried.", count=1)
    response = desk.send("excerpts_carry", item.pk)
    assertContains(response, "1 excerpt was carried to this version; 1 could not be")
    assert Excerpt.objects.get(number=1).version.number == 2
    old = desk.open("version", item.pk, number=1)
    assertContains(old, gone.reference)
    assert desk.open("version_file", item.pk, number=1).status_code == 404
    same = desk.send("version_create", item.pk, {"text": "So: Alpha."})
    assertContains(same, "the text as it stands")


def test_versions_are_listed_on_a_page_of_their_own_and_on_the_items(desk: Desk) -> None:
    item = builders.evidence(desk.project)
    for number in range(11):
        add_version(evidence=item, text=f"Text {number}", by=desk.by)
    assertContains(desk.open("evidence", item.pk), f'hx-get="{desk.path("versions", item.pk)}"')
    page = desk.open("versions", item.pk)
    assertContains(page, "Version 12, the latest,")
    assertContains(page, desk.path("version", item.pk, number=3))
    assertNotContains(page, desk.path("version", item.pk, number=2))
    older = f"{desk.path('versions', item.pk)}?versions=2"
    assertContains(page, f'href="{older}"')
    assertContains(desk.client.get(older), desk.path("version", item.pk, number=2))
    part = desk.client.get(older, headers={"HX-Request": "true"})
    assertNotContains(part, "<html")
    withdraw(evidence=item, reason="Asked.", by=desk.by)
    assert desk.open("versions", item.pk).status_code == 404


def test_a_new_version_may_come_from_a_file(desk: Desk) -> None:
    item = builders.evidence(desk.project, "Old.\nText.")
    page = desk.path("version_create", item.pk)
    both = desk.client.post(page, {"text": "Changed here", "file": file()})
    assertContains(both, "not both")
    unreadable = desk.client.post(page, {"text": "Old.\r\nText.", "file": file(b"\x89PNG")})
    assertContains(unreadable, "This is a picture")
    response = desk.send("version_create", item.pk, {"text": "Old.\r\nText.", "file": file(b"New")})
    upload = Upload.objects.get()
    assertRedirects(response, upload.get_absolute_url())
    assertContains(response, "before it is the new version")
    assertContains(desk.send("upload", upload.pk, {"text": "Old.\nText."}), "as it stands")
    response = desk.send("upload", upload.pk, {"text": "New."})
    assertContains(response, "E1 has a new version of its text")
    assert item.latest_version().text == "New."


def test_a_discarded_new_version_leads_back_to_its_item(desk: Desk) -> None:
    item = builders.evidence(desk.project)
    desk.send("version_create", item.pk, {"text": "", "file": file(b"New")})
    response = desk.send("upload_discard", Upload.objects.get().pk)
    assertRedirects(response, item.get_absolute_url())


def test_sources_are_declared_all_at_once(desk: Desk) -> None:
    builders.evidence(desk.project)
    page = desk.open("sources", desk.project.pk)
    assertContains(page, "1 with their text here")
    fields = {kind.name.lower(): "0" for kind in SourceKind}
    seen = ",".join(["1"] + ["0"] * 12)
    sent = fields | {"seen": seen, "interview": "5", "website": "2"}
    assertContains(desk.send("sources", desk.project.pk, sent), "numbers of sources were saved")
    assert [str(t) for t in sources_of(desk.project)] == ["5 interview", "2 website"]
    refused = desk.send("sources", desk.project.pk, sent | {"interview": "0"})
    assertContains(refused, "Interview must be 1 or more")


def test_numbers_that_somebody_else_changed_meanwhile_are_left_alone(desk: Desk) -> None:
    declare_sources(project=desk.project, kind=SourceKind.WEBSITE, quantity=7, by=desk.by)
    fields = {kind.name.lower(): "0" for kind in SourceKind}
    seen = ",".join(["0"] * 13)
    desk.send("sources", desk.project.pk, fields | {"seen": seen, "interview": "1"})
    assert [str(t) for t in sources_of(desk.project)] == ["1 interview", "7 website"]


def test_staff_see_the_numbers_and_no_form(desk: Desk) -> None:
    builders.evidence(desk.project)
    desk.client.force_login(builders.staff(desk.project.programme))
    page = desk.open("sources", desk.project.pk)
    assertContains(page, "Interview")
    assertNotContains(page, '<input type="number"')


def see(desk: Desk, someone: Person) -> str:
    desk.client.force_login(someone)
    return desk.open("project_panel", desk.project.pk).content.decode()


def test_the_panel_shows_each_what_they_may_know(desk: Desk) -> None:
    study = builders.case_study(desk.project)
    builders.excerpt(desk.project)
    address = desk.path("evidence_list", desk.project.pk)
    programme = desk.project.programme
    for_evaluator, for_staff = see(desk, desk.by), see(desk, builders.staff(programme))
    partner = builders.grant(builders.person(), builders.Role.PARTNER, desk.project.place)
    for_partner = see(desk, partner)
    assert "1 item of evidence with text, 1 excerpt, 1 coding." in for_evaluator
    assert "1 item of evidence with text, 1 excerpt, 1 coding." in for_staff
    assert (address in for_evaluator, address in for_staff, address in for_partner) == (
        True,
        False,
        False,
    )
    assert "Mini, draft" in for_staff
    assert "No case study has been published yet" in for_partner
    assert "interview" not in for_partner.lower()
    study.status = "published"
    study.save()
    assert "Mini, published" in see(desk, partner)


def test_the_panel_is_a_fragment_for_htmx(desk: Desk) -> None:
    page = desk.client.get(
        desk.path("project_panel", desk.project.pk), headers={"HX-Request": "true"}
    )
    assertContains(page, "No case study has been started")
    assertNotContains(page, "<html")


def queries_at(desk: Desk, count: Callable[..., Any], name: str, rows: int, most: int) -> None:
    for _ in range(rows):
        builders.excerpt(desk.project)
    desk.open(name, desk.project.pk)
    with count(most):
        desk.open(name, desk.project.pk)


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(
    ("name", "most"), [("evidence_list", 7), ("excerpts", 6), ("excerpts_by_dimension", 7)]
)
def test_lists_take_the_same_queries_however_long(
    desk: Desk, name: str, most: int, rows: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    queries_at(desk, django_assert_num_queries, name, rows, most)


@pytest.mark.parametrize("rows", [3, 30])
def test_the_page_of_a_text_takes_the_same_queries_however_many_excerpts(
    desk: Desk, rows: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    item = builders.evidence(desk.project, "abcdefghijklmnopqrstuvwxyz0123456789")
    for start in ("", "abc"):
        if start:
            add_version(evidence=item, text=start + item.latest_version().text, by=desk.by)
        for number in range(rows):
            builders.excerpt_from(item, item.latest_version().text[number : number + 5])
    desk.open("evidence", item.pk)
    with django_assert_num_queries(8):
        page = desk.open("evidence", item.pk)
    assertContains(page, f"{rows} excerpts of earlier versions stay on them")
