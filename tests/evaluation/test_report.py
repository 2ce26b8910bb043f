import io
import re
from html import unescape
from itertools import chain

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.actions.jobs import run_job
from documents.manuscript import DataTable, Prose, Quote, Subheading, as_html, as_pdf
from documents.models import Job
from evaluation.actions.files import request_report
from evaluation.actions.sections import save_section
from evaluation.manuscripts.report import report_manuscript
from evaluation.models import CaseStudyStatus, Source, SourceKind
from evaluation.queries.report import report
from tests import builders
from tests.evaluation.sections import sections_of
from tests.evaluation.told import is_told

pytestmark = pytest.mark.django_db

SOURCES = {
    "Upton": {"interview": 6, "site visit": 1, "memorandum of understanding": 1, "minutes": 1},
    "Amber Vale": {"interview": 1, "website": 2, "project documentation": 1},
}


def site(programme, name, type="mini", cohort=1):
    project = builders.project(
        programme,
        place=builders.place(name),
        cohort=builders.cohort(programme, cohort),
        focus=f"Loneliness in {name}",
    )
    for kind, quantity in SOURCES.get(name, {}).items():
        Source.objects.create(project=project, kind=kind, quantity=quantity)
    return builders.case_study(project, type=type)


@pytest.fixture
def programme():
    """A second programme, that only tests know."""
    return builders.programme("Neighbourhoods", frame=builders.lens_version("Trust", "Money"))


@pytest.fixture
def sites(programme):
    return [site(programme, "Upton", "full"), site(programme, "Amber Vale", cohort=2)]


def find(study, dimension, text):
    section = study.sections.get(dimension__name=dimension)
    save_section(section=section, text=text, based_on=section.number, by=builders.person())


def blocks(programme, heading, cohort=None):
    parts = report_manuscript(report(programme, cohort)).parts
    return next((part.blocks for part in parts if part.heading == heading), ())


def test_the_table_is_exactly_the_evidence(programme, sites):
    table = blocks(programme, "Case studies")[0]
    assert isinstance(table, DataTable)
    assert table.rows == (
        (
            "Amber Vale",
            "Loneliness in Amber Vale",
            "2, mini",
            "1 interview, project documentation, 2 websites",
        ),
        ("Upton", "Loneliness in Upton", "1, full", "6 interviews, site visit, MOU, minutes"),
    )


def test_sources_are_summed_and_types_counted(programme, sites):
    cover = dict(report_manuscript(report(programme)).cover)
    assert cover["Case studies"] == "2 (1 full, 1 mini)"
    assert cover["Sources"] == (
        "7 interviews, 1 site visit, 1 MOU, minutes, project documentation, 2 websites"
    )


def test_a_cohort_has_a_report_of_its_own(programme, sites):
    cohort = programme.cohorts.get(number=1)
    [table, *_] = blocks(programme, "Case studies", cohort)
    assert [row[0] for row in table.rows] == ["Upton"]
    assert "Cohort 1" in report_manuscript(report(programme, cohort)).subtitle


def test_findings_stand_by_dimension_across_places(programme, sites):
    upton, amber = sites
    builders.excerpt(upton.project, "We trust them now.")
    builders.excerpt(amber.project, "We always did.")
    find(upton, "Trust", "It grew.\n\n[Q1]")
    find(amber, "Trust", "[Q1]")
    found = [block for block in blocks(programme, "Trust") if not isinstance(block, Prose)]
    assert found == [
        Subheading("Amber Vale"),
        Quote("We always did.", "project partner, Amber Vale", "Amber Vale Q1"),
        Subheading("Upton"),
        Quote("We trust them now.", "project partner, Upton", "Upton Q1"),
    ]
    thread = blocks(programme, "Thread of evidence")[1]
    assert [entry.reference for entry in thread.entries] == ["Amber Vale Q1", "Upton Q1"]
    assert "No case study has a finding" in blocks(programme, "Money")[-1].markdown


def test_a_place_with_two_case_studies_is_told_apart_by_cohort(programme, sites):
    again = builders.project(
        programme,
        place=sites[0].project.place,
        cohort=builders.cohort(programme, 2),
        slug="upton-2",
    )
    find(builders.case_study(again), "Trust", "Later.")
    assert Subheading("Upton (cohort 2)") in blocks(programme, "Trust")


def test_what_is_not_approved_or_withdrawn_is_said_first(programme, sites):
    excerpt = builders.excerpt(sites[0].project, "We trust them now.")
    find(sites[0], "Trust", "[Q1]")
    sites[1].status = CaseStudyStatus.APPROVED
    sites[1].save()
    evidence = excerpt.version.evidence
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), builders.person()
    evidence.save()
    manuscript = report_manuscript(report(programme))
    assert manuscript.notice == (
        "Not approved yet: Upton. Withdrawn since they were placed: Upton Q1 in “Trust”."
    )
    assert "We trust them now." not in as_html(manuscript)


def test_what_is_invented_says_so(programme, sites):
    sites[0].project.is_invented = True
    sites[0].project.save()
    assert "Upton: this place and all" in report_manuscript(report(programme)).notice
    programme.is_invented = True
    assert "This programme is invented" in report_manuscript(report(programme)).notice


def test_findings_outlive_a_change_of_frame(programme, sites):
    find(sites[0], "Trust", "It grew.")
    programme.frame = builders.lens_version("Power")
    programme.save()
    headings = [part.heading for part in report_manuscript(report(programme)).parts]
    assert headings[1:3] == ["Power", "Trust"]


def test_projects_without_a_case_study_are_counted(programme, sites):
    builders.project(programme)
    texts = [
        block.markdown for block in blocks(programme, "Case studies") if isinstance(block, Prose)
    ]
    assert "1 other project has no case study." in texts
    builders.project(programme)
    texts = [
        block.markdown for block in blocks(programme, "Case studies") if isinstance(block, Prose)
    ]
    assert "2 other projects have no case study." in texts


def test_a_programme_without_case_studies_has_a_report_too(programme):
    manuscript = report_manuscript(report(programme))
    assert "No case study has been started yet." in as_html(manuscript)
    assert manuscript.written_on is None
    assert as_pdf(manuscript).startswith(b"%PDF")


def test_the_report_takes_the_same_queries_for_many_places_and_quotes(
    programme, sites, django_assert_num_queries
):
    builders.excerpt(sites[0].project)
    find(sites[0], "Trust", "[Q1]")
    report(programme)  # the frame is at hand from here on
    with CaptureQueriesContext(connection) as before:
        report_manuscript(report(programme))
    for number in range(4):
        study = site(programme, f"Place {number}")
        for _ in range(3):
            builders.excerpt(study.project)
        for section in sections_of(study):
            save_section(
                section=section, text="[Q1]\n\n[Q2]\n\n[Q3]", based_on=0, by=builders.person()
            )
    with django_assert_num_queries(len(before)):
        report_manuscript(report(programme))


def test_every_kind_of_source_has_words(programme):
    study = site(programme, "Everywhere")
    for kind in SourceKind.values:
        Source.objects.create(project=study.project, kind=kind, quantity=2)
    [row] = blocks(programme, "Case studies")[0].rows
    assert row[3].count(",") == len(SourceKind.values) - 1


def test_the_page_shows_the_document_and_makes_files_of_it(client, programme, sites):
    client.force_login(builders.evaluator(programme))
    path = reverse("evaluation:report", kwargs={"slug": programme.slug})
    page = client.get(path, {"cohort": "2"}).content.decode()
    assert "1 (1 mini)" in page
    assert client.get(path, {"cohort": "x"}).status_code == 404
    files = reverse("evaluation:report_files", kwargs={"slug": programme.slug})
    assert f'action="{files}?cohort=2"' in page
    answer = client.post(f"{files}?cohort=2", {"format": "pdf"})
    job = Job.objects.get()
    assert answer.url == reverse("documents:job", kwargs={"pk": job.pk})
    run_job(job.pk)
    job.refresh_from_db()
    assert job.result_name == f"evaluation-report-{programme.slug}-cohort-2.pdf"
    assert job.result_name in client.get(files, {"cohort": "2"}).content.decode()
    assert "No file has been made yet." in client.get(files).content.decode()
    assert client.post(files, {}).url == path


def part_pages(client, programme, cohort=""):
    """Each part's page by its heading, found as a reader finds it: by the links from the report on."""
    client.force_login(builders.evaluator(programme))
    query = {"cohort": cohort} if cohort else {}
    found, seen = {}, [reverse("evaluation:report", kwargs={"slug": programme.slug})]
    for path in seen:
        page = client.get(path, query if path == seen[0] else {}).content.decode()
        found[path] = page
        links = re.findall(r'<a class="govuk-link" href="([^"]+/report/[a-z][^"]+)"', page)
        seen += [each for each in map(unescape, links) if each not in seen]
    return found


def test_its_pages_tell_all_that_the_document_tells(client, programme, sites):
    upton, amber = sites
    builders.excerpt(upton.project, "We trust them now.")
    builders.excerpt(amber.project, "We always did.")
    builders.project(programme)
    find(upton, "Trust", "It grew.\n\n[Q1]")
    find(amber, "Trust", "[Q1]")
    find(amber, "Money", "There was none.")
    programme.frame = builders.lens_version("Power")
    programme.save()
    pages = unescape("".join(part_pages(client, programme).values()))
    document = report_manuscript(report(programme))
    blocks = chain.from_iterable(part.blocks for part in document.parts)
    assert [block for block in blocks if not is_told(block, pages)] == []
    assert all(part.heading in pages for part in document.parts)
    assert all(value in pages for _, value in document.cover)
    assert document.notice in pages


def test_the_pages_of_a_cohort_tell_of_that_cohort_alone(client, programme, sites):
    find(sites[0], "Trust", "It grew.")
    find(sites[1], "Trust", "It shrank.")
    pages = "".join(part_pages(client, programme, cohort="2").values())
    assert "It shrank." in pages
    assert "Loneliness in Amber Vale" in pages
    assert "It grew." not in pages
    assert "Upton" not in pages


def test_many_findings_are_told_some_at_a_time(client, programme):
    for number in range(12):
        find(site(programme, f"Place {number:02}"), "Trust", f"It grew {number:02} times.")
    trust = programme.frame.dimensions.get(name="Trust")
    path = reverse("evaluation:report_finding", args=[programme.slug, trust.pk])
    pages = part_pages(client, programme)
    assert "It grew 09 times." in pages[path]
    assert "It grew 10 times." not in pages[path]
    rest = pages[f"{path}?places=2"]
    assert "Trust (continued)" in rest
    assert "It grew 10 times." in rest
    assert f'href="{path}?places=1"' in rest
    assert "No case study" not in rest


def test_a_part_is_a_panel_of_the_report(client, programme, sites):
    find(sites[0], "Trust", "It grew.")
    for path in part_pages(client, programme):
        if not path.endswith("/report/"):
            panel = client.get(path, headers={"HX-Request": "true"}).content.decode()
            assert "<html" not in panel
            assert "<h1" not in panel


def test_a_dimension_that_is_not_in_the_report_has_no_page_there(client, programme, sites):
    client.force_login(builders.evaluator(programme))
    elsewhere = builders.lens_version("Power").dimensions.get()
    path = reverse("evaluation:report_finding", args=[programme.slug, elsewhere.pk])
    assert client.get(path).status_code == 404


def test_a_withdrawn_quote_is_said_first_on_the_page_too(client, programme, sites):
    excerpt = builders.excerpt(sites[0].project, "We trust them now.")
    find(sites[0], "Trust", "[Q1]")
    evidence = excerpt.version.evidence
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), builders.person()
    evidence.save()
    pages = part_pages(client, programme)
    first = pages[reverse("evaluation:report", args=[programme.slug])]
    assert "Withdrawn since they were placed: Upton Q1 in “Trust”." in first
    assert "We trust them now." not in "".join(pages.values())


def test_the_pages_take_the_same_queries_for_many_places_and_quotes(
    client, programme, sites, django_assert_num_queries
):
    builders.excerpt(sites[0].project)
    find(sites[0], "Trust", "[Q1]")
    counted = {}
    for path in part_pages(client, programme):
        with CaptureQueriesContext(connection) as counted[path]:
            client.get(path)
    for number in range(4):
        study = site(programme, f"Place {number}")
        for _ in range(3):
            builders.excerpt(study.project)
        for section in sections_of(study):
            save_section(
                section=section, text="[Q1]\n\n[Q2]\n\n[Q3]", based_on=0, by=builders.person()
            )
    trust = programme.frame.dimensions.get(name="Trust")
    for path, before in counted.items():
        if "/findings/" not in path or f"/{trust.pk}/" in path:  # nothing was quoted elsewhere
            with django_assert_num_queries(len(before)):
                client.get(path)


def test_staff_read_the_report_and_make_no_files(client, programme, sites):
    client.force_login(builders.staff(programme))
    page = client.get(reverse("evaluation:report", kwargs={"slug": programme.slug}))
    assert "Make a PDF" not in page.content.decode()


def test_a_worker_makes_the_word_file_of_all_cohorts(programme, sites):
    job = request_report(programme=programme, suffix="docx", by=builders.evaluator(programme))
    run_job(job.pk)
    job.refresh_from_db()
    assert job.result_name == f"evaluation-report-{programme.slug}.docx"


def test_a_cohort_that_is_gone_is_said_plainly(programme, sites):
    job = request_report(
        programme=programme,
        suffix="pdf",
        cohort=builders.cohort(programme, 9),
        by=builders.evaluator(programme),
    )
    programme.cohorts.get(number=9).delete()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.error_for_people == "Neighbourhoods has no cohort 9 any more."


def test_the_command_writes_the_same_bytes(programme, sites, tmp_path):
    file = tmp_path / "report.pdf"
    out = io.StringIO()
    call_command("evaluation_report", programme.slug, output=str(file), stdout=out)
    assert file.read_bytes() == as_pdf(report_manuscript(report(programme)))
    assert "2 case studies" in out.getvalue()
    word = str(tmp_path / "report.docx")
    call_command("evaluation_report", programme.slug, output=word, cohort=2, stdout=out)
    assert "1 case study:" in out.getvalue()


def test_the_command_says_what_is_wrong(programme):
    with pytest.raises(CommandError, match=r"No programme is called x\. There is: programme-"):
        call_command("evaluation_report", "x", output="x.pdf")
    with pytest.raises(CommandError, match="Neighbourhoods has no cohort 7"):
        call_command("evaluation_report", programme.slug, output="x.pdf", cohort=7)
