"""The MOU's page, and how it is begun."""

import pytest
from django.urls import reverse

from places.models import Partnership
from programmes.models import MOU
from tests import builders
from tests.programmes.mou.agreeing import agreement

pytestmark = pytest.mark.django_db


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def address(name, mou, *args):
    project = mou.project
    return reverse(f"programmes:{name}", args=[project.programme.slug, project.slug, *args])


@pytest.fixture
def agreed():
    return agreement()


def test_it_is_begun_from_the_projects_page(client):
    project = builders.project()
    council = builders.organisation("The council")
    Partnership.objects.create(place=project.place, organisation=council)
    client.force_login(builders.staff(project.programme))
    where = [project.programme.slug, project.slug]
    assert "Begin the MOU" in html(client.get(reverse("programmes:mou_panel", args=where)))
    begin = reverse("programmes:mou_begin", args=where)
    assert "The council" in html(client.get(begin))
    page = html(client.post(begin, {"title": "Dry homes"}, follow=True))
    for shown in ("Dry homes", "1. The challenge", "Being written", "The council"):
        assert shown in page
    assert "begun already" in html(client.post(begin, {}))
    assert MOU.objects.count() == 1
    assert "Dry homes" in html(client.get(reverse("programmes:mou_panel", args=where)))


def test_what_is_to_be_filled_in_stands_first(client):
    project = builders.project()
    staff = builders.staff(project.programme)
    client.force_login(staff)
    where = [project.programme.slug, project.slug]
    client.post(reverse("programmes:mou_begin", args=where), {"title": ""})
    page = html(client.get(reverse("programmes:mou", args=where)))
    assert page.index("square brackets") < page.index("1. The challenge")


def test_those_of_the_programme_who_do_not_belong_to_it_read_that_there_is_one(client, agreed):
    panel_member = builders.grant(
        builders.person(), builders.Role.PANEL_MEMBER, agreed.mou.project.programme
    )
    client.force_login(panel_member)
    page = html(client.get(address("mou_panel", agreed.mou)))
    assert "There is one" in page
    assert client.get(address("mou", agreed.mou)).status_code == 404
