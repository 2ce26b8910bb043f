import pytest
from django.urls import reverse

from accounts.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def test_the_panel_names_the_enabler_of_this_project_alone(client):
    project = builders.project()
    client.force_login(builders.staff(project.programme))
    panel = reverse("enablers:project_panel", args=[project.pk])
    assert "No enabler has a role" in client.get(panel).content.decode()
    builders.grant(builders.person("Enid Enabler"), Role.ENABLER, project)
    builders.grant(builders.person("Other"), Role.ENABLER, builders.project(project.programme))
    page = client.get(panel).content.decode()
    assert "Enid Enabler" in page
    assert "Other" not in page
    fragment = client.get(panel, headers={"HX-Request": "true"}).content.decode()
    assert "Enid Enabler" in fragment
    assert "<html" not in fragment


def test_staff_are_told_which_projects_have_none(client):
    programme = builders.programme()
    client.force_login(builders.staff(programme))
    home = reverse("enablers:home_panel")
    assert "Every project has an enabler" in client.get(home).content.decode()
    for number in range(11):
        builders.project(programme, place=builders.place(f"Needy {number}"))
    held = builders.project(programme, place=builders.place("Served"))
    builders.grant(builders.person(), Role.ENABLER, held)
    builders.project(place=builders.place("Elsewhere"))
    page = client.get(home, headers={"HX-Request": "true"}).content.decode()
    assert page.count("Needy") == 10
    assert "There are more" in page
    assert "Served" not in page
    assert "Elsewhere" not in page
