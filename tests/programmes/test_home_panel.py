import pytest
from django.urls import reverse

from places.models import Partnership
from programmes.models import Cohort
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(client):
    programme = builders.programme("Local Vision")
    client.force_login(builders.staff(programme))
    return programme


def panel(client):
    return client.get(
        reverse("programmes:home_panel"), headers={"HX-Request": "true"}
    ).content.decode()


def test_a_programme_without_projects(client, programme):
    builders.programme("Another")
    html = panel(client)
    assert "It has no project yet" in html
    assert "Another" not in html
    assert "<html" not in html


def test_cohorts_without_dates_and_projects_without_partners(client, programme):
    for _ in range(2):
        builders.project(programme)
    html = panel(client)
    assert "1 cohort has no start date" in html
    assert "2 projects have no partners yet" in html
    found = client.get(reverse("programmes:projects", args=[programme.slug]) + "?partners=none")
    assert "2 projects" in found.content.decode()


def test_nothing_is_missing(client, programme):
    project = builders.project(programme)
    Cohort.objects.update(started_on="2013-04-01")
    Partnership.objects.create(place=project.place, organisation=builders.organisation())
    assert "Nothing is missing" in panel(client)
    found = client.get(reverse("programmes:projects", args=[programme.slug]) + "?partners=some")
    assert "1 project<" in found.content.decode()
