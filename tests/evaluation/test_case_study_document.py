import io
import re
from dataclasses import replace
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.actions.jobs import run_job
from documents.manuscript import Prose, Quote, Subheading, Thread, as_html, as_pdf, as_word
from documents.models import Job
from evaluation.actions.files import request_case_study
from evaluation.actions.sections import save_section
from evaluation.actions.statuses import change_status
from evaluation.manuscripts.case_study import Edition, case_study_manuscript
from evaluation.manuscripts.files import FORMATS
from evaluation.models import Section
from tests import builders
from tests.evaluation.sections import sections_of
from tests.evaluation.told import is_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_study():
    study = builders.case_study()
    builders.excerpt(study.project, "People came\nfirst.", speaker_role="councillor")
    write(study, 0, "It began so.\n\n[Q1]")
    return study


def write(study, at, text, by=None):
    section = sections_of(study)[at]
    return save_section(
        section=section, text=text, based_on=section.number, by=by or builders.person()
    )


def document(study, **changes):
    study.refresh_from_db()
    return case_study_manuscript(study, replace(Edition.now(study), **changes))


def part(manuscript, heading):
    return next((each for each in manuscript.parts if each.heading == heading), None)


def withdraw_its_evidence(study):
    evidence = study.project.evidence.get()
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), builders.person()
    evidence.save()


def test_the_case_is_told_in_order_with_its_quotes(case_study):
    blocks = part(document(case_study), "The case").blocks
    assert blocks[:3] == (
        Subheading("Start-up conditions"),
        Prose("It began so."),
        Quote("People came\nfirst.", f"councillor, {case_study.project.place}", "Q1"),
    )


def test_each_quote_is_resolved_to_its_source_without_titles(case_study):
    [thread] = [
        block
        for block in part(document(case_study), "Thread of evidence").blocks
        if isinstance(block, Thread)
    ]
    [entry] = thread.entries
    version = case_study.project.evidence.get().versions.get()
    assert entry.reference == "Q1"
    assert entry.cells == (
        "E1, interview",
        "no date",
        f"councillor, {case_study.project.place}",
        f"version 1, {version.sha256[:12]}",
        "1 to 18",
    )


def test_the_cover_says_status_and_revision(case_study):
    manuscript = document(case_study)
    assert ("Status", "Draft") in manuscript.cover
    assert ("Revision", "1") in manuscript.cover
    assert "This is a draft." in manuscript.notice


def test_an_unwritten_section_is_told_in_a_draft_and_left_out_when_approved(case_study):
    not_written = Prose("*Not written yet.*")
    draft = document(case_study)
    assert part(draft, "The case").blocks.count(not_written) == 5
    assert part(draft, "Findings by dimension").blocks.count(not_written) == 2
    approved = document(case_study, status="approved")
    assert not_written not in part(approved, "The case").blocks
    assert part(approved, "Findings by dimension") is None


def test_a_document_is_of_the_revision_that_was_asked_for(case_study):
    edition = Edition.now(case_study)
    case_study.refresh_from_db()
    edition = Edition.now(case_study)
    write(case_study, 0, "It began otherwise.")
    before = case_study_manuscript(case_study, edition)
    assert Prose("It began so.") in part(before, "The case").blocks
    assert Prose("It began otherwise.") in part(document(case_study), "The case").blocks


def test_a_withdrawn_quote_is_flagged_and_its_words_are_gone(case_study):
    withdraw_its_evidence(case_study)
    manuscript = document(case_study)
    assert "Withdrawn since they were placed: Q1 in “Start-up conditions”." in manuscript.notice
    html = as_html(manuscript)
    assert "Q1 may no longer be quoted: its evidence (E1) was withdrawn." in html
    assert "People came" not in html
    assert part(manuscript, "Thread of evidence") is None


def test_what_is_invented_says_so(case_study):
    case_study.project.is_invented = True
    case_study.project.save()
    assert "are invented" in document(case_study, status="published").notice


def test_who_checked_it_is_named_inside_and_not_outside(case_study):
    programme = case_study.project.programme
    author, other = builders.evaluator(programme), builders.evaluator(programme, name="Ann [Other]")
    change_status(case_study=case_study, to="in_review", by=author)
    change_status(case_study=case_study, to="approved", by=other)
    inside = as_html(document(case_study))
    assert "approved by Ann [Other] on" in inside
    outside = as_html(document(case_study, status="published"))
    assert "approved by another evaluator on" in outside
    assert "Ann" not in outside


def test_an_only_evaluator_is_said_to_be_one(case_study):
    author = builders.evaluator(case_study.project.programme)
    change_status(case_study=case_study, to="in_review", by=author)
    change_status(case_study=case_study, to="approved", by=author, reason="With the team.")
    outside = as_html(document(case_study, status="published"))
    assert "approved by the only evaluator on" in outside


def test_a_case_study_with_nothing_in_it_is_still_a_document():
    html = as_html(document(builders.case_study()))
    assert "No sources are listed yet." in html


def test_the_document_takes_the_same_queries_for_many_quotes(case_study, django_assert_num_queries):
    with CaptureQueriesContext(connection) as before:
        document(case_study)
    for _ in range(6):
        builders.excerpt(case_study.project)
    for at in range(1, 8):
        write(case_study, at, "\n\n".join(f"[Q{number}]" for number in range(1, 8)))
    with django_assert_num_queries(len(before)):
        document(case_study)


def test_the_same_content_gives_the_same_bytes(case_study):
    manuscript = document(case_study)
    assert as_pdf(manuscript) == as_pdf(document(case_study))


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text())
def test_whatever_is_written_is_read_back_and_shown(case_study, text):
    section = sections_of(case_study)[-1]
    text = text.replace("\0", "")
    try:
        saved = save_section(
            section=section, text=text, based_on=section.number, by=case_study.created_by
        )
    finally:
        section.refresh_from_db()
    expected = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert saved.text == Section.objects.get(pk=section.pk).text == expected
    as_html(document(case_study))


def test_a_worker_makes_the_file_of_the_revision_asked_for(case_study):
    evaluator = builders.evaluator(case_study.project.programme)
    case_study.refresh_from_db()
    job = request_case_study(case_study=case_study, suffix="pdf", by=evaluator)
    write(case_study, 0, "Later.")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.error_for_operators) == (Job.Status.DONE, "")
    assert job.result["revision"] == 1
    assert job.result_name == f"case-study-{case_study.project.slug}.pdf"


def test_files_are_asked_for_on_the_page_and_listed_there(client, case_study):
    client.force_login(builders.evaluator(case_study.project.programme, name="Eva"))
    path = reverse("evaluation:case_study_files", kwargs={"pk": case_study.pk})
    for suffix in FORMATS:
        answer = client.post(path, {"format": suffix})
        job = Job.objects.latest("pk")
        assert answer.url == reverse("documents:job", kwargs={"pk": job.pk})
        run_job(job.pk)
    assert client.post(path, {"format": "exe"}).url == case_study.get_absolute_url()
    history = reverse("evaluation:case_study_history", kwargs={"pk": case_study.pk})
    page = client.get(history).content.decode()
    assert f"case-study-{case_study.project.slug}.pdf" in page
    assert f"case-study-{case_study.project.slug}.docx" in page
    assert "Eva" in page


def preview(client, study):
    """Its first page, and each part's page by its heading, found by the links on the first."""
    client.force_login(builders.evaluator(study.project.programme))
    path = reverse("evaluation:case_study_preview", kwargs={"pk": study.pk})
    first = client.get(path).content.decode()
    links = dict(re.findall(rf'<a class="govuk-link" href="({path}[^"]+)">([^<]+)</a>', first))
    return first, {heading: client.get(each).content.decode() for each, heading in links.items()}


def test_the_preview_tells_all_that_the_document_tells(client, case_study):
    builders.excerpt(case_study.project, "We\nlistened.")
    write(case_study, -1, "It holds.\n\n[Q2]")
    first, parts = preview(client, case_study)
    manuscript = document(case_study)
    assert manuscript.notice in first
    assert all(value in first for _, value in manuscript.cover)
    for part in manuscript.parts[:3]:
        page = unescape(parts[part.heading])
        assert [block for block in part.blocks if not is_told(block, page)] == []
    [*_, thread] = manuscript.parts[-1].blocks
    assert is_told(thread, "".join(parts.values()))
    assert "We\nlistened." in parts["Findings by dimension"]
    assert parts["Findings by dimension"].count("Where each quote comes from") == 2
    assert "People came\nfirst." in parts["The case"]
    assert parts["The case"].count(">Q1<") == 2


def test_publishing_makes_the_pdf_that_everyone_may_read(client, case_study):
    programme = case_study.project.programme
    author, other = builders.evaluator(programme), builders.evaluator(programme)
    change_status(case_study=case_study, to="in_review", by=author)
    change_status(case_study=case_study, to="approved", by=other)
    change_status(case_study=case_study, to="published", by=other)
    path = reverse(
        "evaluation:published_pdf",
        kwargs={"programme_slug": programme.slug, "project_slug": case_study.project.slug},
    )
    assert client.get(path).status_code == 404
    run_job(Job.objects.get().pk)
    assert path in client.get(reverse("evaluation:published")).content.decode()
    answer = client.get(path)
    assert answer.getvalue().startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-cache"
    withdraw_its_evidence(case_study)
    assert client.get(path).status_code == 404


def test_the_command_writes_the_same_bytes(case_study, tmp_path):
    out = io.StringIO()
    file = tmp_path / "study.pdf"
    call_command("case_study", case_study.project.slug, output=str(file), stdout=out)
    assert file.read_bytes() == as_pdf(document(case_study))
    assert "revision 1" in out.getvalue()
    named = f"{case_study.project.programme.slug}/{case_study.project.slug}"
    word = tmp_path / "study.docx"
    call_command("case_study", named, output=str(word), stdout=out)
    assert word.read_bytes() == as_word(document(case_study))


def test_the_command_says_what_is_wrong(case_study, tmp_path):
    slug = case_study.project.slug
    for project, output, says in [
        ("nowhere", "x.pdf", "No project called nowhere has a case study."),
        (slug, "x.txt", "x.txt must end in .pdf or .docx."),
        (slug, str(tmp_path / "no" / "x.pdf"), "cannot be written: No such file or directory"),
    ]:
        with pytest.raises(CommandError, match=says):
            call_command("case_study", project, output=output)


def test_the_command_asks_which_of_two_projects(case_study):
    twin = builders.project(slug=case_study.project.slug)
    builders.case_study(twin)
    with pytest.raises(CommandError, match="Several projects are called"):
        call_command("case_study", twin.slug, output="x.pdf")
