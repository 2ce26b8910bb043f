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
