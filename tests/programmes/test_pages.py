"""Programmes, cohorts and projects: their lists, pages and forms."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from places.models import Partnership
from programmes.actions.programmes import change_programme, create_programme
from programmes.actions.projects import create_project
from programmes.models import Cohort, Programme, Project
from programmes.queries.programmes import visible_programmes, visible_projects
from tests import builders
from tests.walk.kinds import Kind
from tests.walk.world import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return builders.programme("Local Vision", run_by="Leadership Centre", started=2013)


@pytest.fixture
def staff(client, programme):
    person = builders.staff(programme, name="Stella Staff")
    client.force_login(person)
    return person


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def address(name, *args):
    return reverse(f"programmes:{name}", args=args)


def test_lists_show_what_the_permissions_allow():
    world = build()
    for kind, person in world.people.items():
        programmes = {each.pk for each in Programme.objects.all()}
        allowed = {
            pk
            for pk in programmes
            if person.has_perm("programmes.view_programme", Programme.objects.get(pk=pk))
        }
        assert {each.pk for each in visible_programmes(person)} == allowed, kind
        projects = {
            each.pk
            for each in Project.objects.all()
            if person.has_perm("programmes.view_project", each)
        }
        assert {each.pk for each in visible_projects(person)} == projects, kind
    assert visible_projects(world.people[Kind.ENABLER]).get() == world.project


class TestProgrammes:
    def test_staff_add_a_programme_and_may_run_it(self, client, staff, programme):
        answer = client.post(
            address("programme_create"),
            {"name": "New Vision", "started": "2024", "frame": programme.frame.pk},
        )
        page = html(client.get(answer.url))
        assert "New Vision was added" in page
        assert "Change these facts" in page
        assert AuditEvent.objects.filter(kind="programme.created", by_name="Stella Staff").exists()

    def test_a_name_that_is_taken_or_an_odd_year_is_refused(self, client, staff, programme):
        sent = {"name": "LOCAL VISION", "frame": programme.frame.pk}
        assert "another programme has this one" in html(
            client.post(address("programme_create"), sent)
        )
        sent = {"name": "A", "started": "13"}
        page = html(client.post(address("programme_create"), sent))
        assert "Year it started must be 1900 or more" in page
        assert "Select a lens" in page

    def test_a_name_that_is_an_address_gets_a_number(self, programme):
        assert create_programme(by=None, name="Lenses", frame=programme.frame).slug == "lenses-2"

    def test_a_draft_orders_no_findings(self):
        with pytest.raises(ValidationError, match="published"):
            create_programme(by=None, name="A", frame=builders.lens_version(published=False))

    def test_staff_change_a_programme(self, client, staff, programme):
        answer = client.post(
            address("programme_edit", programme.slug),
            {"name": "Local Vision", "country": "England", "frame": programme.frame.pk},
        )
        assert "England" in html(client.get(answer.url))
        assert AuditEvent.objects.get().changes == {
            "run_by": ["Leadership Centre", ""],
            "country": ["", "England"],
            "started": ["2013", ""],
        }

    def test_the_frame_stays_with_its_lens_once_there_are_projects(self, programme):
        other = builders.lens_version()
        change_programme(programme=programme, by=None, frame=other)
        builders.project(programme)
        with pytest.raises(ValidationError, match="Select a version of"):
            change_programme(programme=programme, by=None, frame=builders.lens_version())

    def test_page_shows_figures_and_what_may_be_done(self, client, staff, programme):
        home = builders.place()
        builders.project(programme, place=home)
        builders.project(programme, place=home, cohort=builders.cohort(programme, 2), slug="second")
        page = html(client.get(address("programme", programme.slug)))
        for shown in (
            "<strong>2</strong> cohorts",
            "<strong>2</strong> projects",
            "<strong>1</strong> place<",
            "Leadership Centre",
            "Audit trail",
            "Add a cohort",
        ):
            assert shown in page

    def test_page_of_a_programme_without_cohorts(self, client, programme):
        client.force_login(builders.evaluator(programme))
        page = html(client.get(address("programme", programme.slug)))
        assert "There is no cohort yet." in page
        for hidden in (
            "Add a cohort",
            "Audit trail",
            "Change these facts",
            "People and invitations",
        ):
            assert hidden not in page

    def test_list_is_of_ones_own(self, client, staff):
        builders.programme("Another")
        assert "1 programme<" in html(client.get(address("programmes")))


class TestCohorts:
    def test_the_next_number_is_offered_and_taken_once(self, client, staff, programme):
        builders.cohort(programme, 4)
        create = address("cohort_create", programme.slug)
        assert 'value="5"' in html(client.get(create))
        assert "the programme has this cohort" in html(client.post(create, {"number": 4}))
        assert "Enter 1 or more" in html(client.post(create, {"number": 0}))
        answer = client.post(create, {"number": 5, "started_on": "1 April 2015", "note": "Last"})
        page = html(client.get(answer.url))
        for shown in ("Cohort 5 was added", "1 April 2015", "Last", "There is no project here"):
            assert shown in page

    def test_staff_change_a_cohort(self, client, staff, programme):
        cohort = builders.cohort(programme)
        answer = client.post(address("cohort_edit", programme.slug, 1), {"number": 3})
        assert answer.url == address("cohort", programme.slug, 3)
        assert AuditEvent.objects.get().scope_id == str(programme.pk)
        cohort.refresh_from_db()
        assert cohort.number == 3

    def test_page_lists_its_projects_as_far_as_one_may_see_them(self, client, staff, programme):
        project = builders.project(programme, focus="Trust", is_invented=True)
        builders.project(programme, focus="Other work")
        cohort = address("cohort", programme.slug, 1)
        page = html(client.get(cohort))
        assert "Trust" in page
        assert "Other work" in page
        client.force_login(builders.grant(builders.person(), Role.PARTNER, project.place))
        page = html(client.get(cohort))
        assert "Trust" in page
        assert "Other work" not in page


class TestProjects:
    def test_staff_add_a_project(self, client, staff, programme):
        place, cohort = builders.place("Wigan", slug="wigan"), builders.cohort(programme)
        create = address("project_create", programme.slug)
        sent = {"place": place.pk, "cohort": cohort.pk, "focus": "Older people"}
        assert client.post(create, sent).url == address("project", programme.slug, "wigan")
        assert "has a project in this cohort" in html(client.post(create, sent))
        sent["cohort"] = builders.cohort(programme, 2).pk
        assert client.post(create, sent).url == address("project", programme.slug, "wigan-2")
        page = html(client.post(create, {}))
        for shown in ("Select a place", "Select a cohort", "Enter the focus"):
            assert shown not in page
        page = html(client.post(create, {"note": "x"}))
        for shown in ("Select a place", "Select a cohort", "Enter the focus"):
            assert shown in page

    def test_a_cohort_of_another_programme_is_refused(self, client, staff, programme):
        other = builders.cohort(builders.programme())
        with pytest.raises(ValidationError, match="Select a cohort of Local Vision"):
            create_project(
                programme=programme, by=None, place=builders.place(), cohort=other, focus="x"
            )
        project = builders.project(programme)
        edit = address("project_edit", programme.slug, project.slug)
        page = html(client.post(edit, {"cohort": other.pk, "focus": "x"}))
        assert "Select a cohort that is in the list" in page

    def test_staff_change_a_project(self, client, staff, programme):
        project = builders.project(programme, focus="Before")
        edit = address("project_edit", programme.slug, project.slug)
        answer = client.post(edit, {"cohort": project.cohort.pk, "focus": "After", "note": "N"})
        assert "After" in html(client.get(answer.url))
        assert AuditEvent.objects.get().changes["focus"] == ["Before", "After"]

    def test_a_project_cannot_move_to_a_cohort_where_its_place_has_one(
        self, client, staff, programme
    ):
        first = builders.project(programme)
        second = builders.project(
            programme, place=first.place, cohort=builders.cohort(programme, 2), slug="second"
        )
        edit = address("project_edit", programme.slug, second.slug)
        page = html(client.post(edit, {"cohort": first.cohort.pk, "focus": "x"}))
        assert "the place has a project in this one" in page

    def test_page(self, client, staff, programme):
        cohort = Cohort.objects.create(programme=programme, number=2, started_on="2014-09-01")
        place = builders.place("Wigan", region="North West")
        Partnership.objects.create(
            place=place, organisation=builders.organisation("Council"), part="host"
        )
        Partnership.objects.create(
            place=place, organisation=builders.organisation("Gone"), left_on="2014-01-01"
        )
        project = builders.project(
            programme, place=place, cohort=cohort, note="A\nB", is_invented=True
        )
        page = html(client.get(address("project", programme.slug, project.slug)))
        for shown in ("Wigan", "North West", "1 September 2014", "Council", "host", "A<br>B"):
            assert shown in page
        assert "Gone" not in page
        assert reverse("enablers:project_panel", args=[project.pk]) in page

    def test_list_searches_places_and_filters(self, client, staff, programme):
        builders.project(programme, place=builders.place("Wigan", region="North"), focus="Trust")
        builders.project(programme, place=builders.place("Dudley"), focus="Housing")
        builders.project(place=builders.place("Elsewhere"))
        projects = address("projects", programme.slug)
        assert "2 projects" in html(client.get(projects))
        for query, found, missed in [
            ("q=wig", "Wigan", "Dudley"),
            ("q=trust+wigan", "Wigan", "Dudley"),
            ("region=North", "Wigan", "Dudley"),
            ("cohort=1", "Dudley", "Elsewhere"),
        ]:
            page = html(client.get(f"{projects}?{query}"))
            assert found in page
            assert missed not in page

    @pytest.mark.parametrize("rows", [3, 300])
    def test_list_has_one_query_count(
        self, client, staff, programme, rows, django_assert_num_queries
    ):
        for _ in range(rows):
            builders.project(programme)
        with django_assert_num_queries(7):
            client.get(address("projects", programme.slug))

    def test_a_file_of_them_has_one_query_count(
        self, client, staff, programme, django_assert_num_queries
    ):
        builders.project(programme, place=builders.place("Wigan", area_code="E08000010"))
        file = address("projects", programme.slug) + "?download=csv"
        assert "E08000010" in b"".join(client.get(file).streaming_content).decode()
        builders.project(programme)
        with django_assert_num_queries(6):
            b"".join(client.get(file).streaming_content)

    def test_panel_of_a_place_shows_what_one_may_see(self, client, staff, programme):
        project = builders.project(programme, focus="Trust")
        panel = address("place_panel", project.place.slug)
        assert "<html" in html(client.get(panel))
        fragment = html(client.get(panel, headers={"HX-Request": "true"}))
        assert "<html" not in fragment
        assert "Trust" in fragment
        other = Client()
        other.force_login(builders.staff(builders.programme()))
        assert "no project here that you may see" in html(other.get(panel))

    def test_panel_of_a_new_place_leads_staff_on_to_its_first_project(
        self, client, staff, programme
    ):
        builders.place("Aardvark")
        wigan = builders.place("Wigan", slug="wigan")
        panel = address("place_panel", wigan.slug)
        create = f"{address('project_create', programme.slug)}?place=wigan"
        assert f'<a class="govuk-link" href="{create}">Add a project in Local Vision' in html(
            client.get(panel)
        )
        assert f'<option value="{wigan.pk}" selected>Wigan' in html(client.get(create))
        client.force_login(builders.evaluator(programme))
        assert "Add a project" not in html(client.get(panel))
