"""Lenses as people read and edit them, without a line of script."""

import pytest
from django.urls import reverse

from programmes.actions.lenses import draft_next_version
from programmes.models import Dimension, Lens
from programmes.queries.lenses import tree
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = builders.staff(builders.programme(), name="Stella Staff")
    client.force_login(person)
    return person


@pytest.fixture
def lens():
    return builders.lens_version("Beginnings", "Ends", parts={"Ends": ["Effects"]}).lens


@pytest.fixture
def draft(lens, staff):
    return draft_next_version(lens=lens, by=staff)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def address(name, *args, **kwargs):
    return reverse(f"programmes:{name}", args=args, kwargs=kwargs)


def names(version):
    return [
        (each.dimension.name, [part.name for part in each.part_rows()]) for each in tree(version)
    ]


def test_list_and_page(client, staff, lens):
    assert lens.name in html(client.get(address("lenses")))
    page = html(client.get(address("lens", lens.slug)))
    for shown in ("Version 1", "by Placework", "Beginnings", "Effects", "Draft a new version"):
        assert shown in page


def test_those_without_the_right_only_read(client, lens):
    client.force_login(builders.evaluator(builders.programme()))
    assert "Draft a new version" not in html(client.get(address("lens", lens.slug)))


def test_a_lens_from_its_name_to_its_publication(client, staff):
    answer = client.post(address("lens_create"), {"name": "Our lens", "purpose": "To see"})
    assert answer.url == address("lens_draft", "our-lens")
    assert "There is no dimension yet" in html(client.get(answer.url))
    assert "not published yet" in html(client.get(address("lens", "our-lens")))

    refused = client.post(address("lens_draft_publish", "our-lens"), follow=True)
    assert "Add at least one dimension" in html(refused)

    create = address("dimension_create", "our-lens")
    answer = client.post(create, {"name": "Trust", "meaning": "Relying on each other"})
    assert answer.url == f"{address('lens_draft', 'our-lens')}#our-lens-trust"
    parent = Dimension.objects.get(key="our-lens-trust")
    page = html(client.get(f"{create}?part_of={parent.pk}"))
    assert f'<option value="{parent.pk}" selected>Trust</option>' in page
    client.post(create, {"name": "Candour", "parent": parent.pk})

    published = client.post(address("lens_draft_publish", "our-lens"), follow=True)
    page = html(published)
    for shown in ("Version 1 of Our lens was published", "by Stella Staff", "Candour"):
        assert shown in page


def test_a_name_that_is_taken_is_refused(client, staff, lens):
    page = html(client.post(address("lens_create"), {"name": lens.name, "purpose": "x"}))
    assert "another lens has this one" in page
    page = html(client.post(address("lens_create"), {"purpose": "x"}))
    assert "Enter the name of the lens" in page


def test_a_lens_is_renamed(client, staff, lens):
    answer = client.post(address("lens_edit", lens.slug), {"name": "Renamed"})
    assert "Renamed was saved" in html(client.get(answer.url))


def test_a_draft_is_begun_once(client, staff, lens):
    for _ in range(2):
        answer = client.post(address("lens_draft_create", lens.slug))
        assert answer.url == address("lens_draft", lens.slug)
    assert lens.versions.count() == 2
    assert "Open the draft" in html(client.get(address("lens", lens.slug)))


def test_without_a_draft_there_is_no_page_of_it(client, staff, lens):
    assert client.get(address("lens_draft", lens.slug)).status_code == 404
    assert client.post(address("lens_draft_publish", lens.slug)).status_code == 404


def test_a_draft_is_no_version_that_can_be_read(client, draft):
    assert client.get(address("lens_version", draft.lens.slug, 2)).status_code == 404
    assert client.get(address("lens_version", draft.lens.slug, 1)).status_code == 200


def test_dimensions_are_renamed_moved_and_removed(client, draft):
    slug = draft.lens.slug
    client.post(address("dimension_edit", slug, "d1"), {"name": "Starts", "meaning": "At first"})
    client.post(address("dimension_move", slug=slug, key="d1", way="down"))
    assert names(draft) == [("Ends", ["Effects"]), ("Starts", [])]
    client.post(address("dimension_move", slug=slug, key="d1", way="up"))
    assert "Effects" in html(client.get(address("dimension_remove", slug, "d2")))
    client.post(address("dimension_remove", slug, "d2"))
    assert names(draft) == [("Starts", [])]
    assert draft.dimensions.get().key == "d1"


def test_what_is_wrong_with_a_dimension_is_said(client, draft):
    answer = client.post(address("dimension_create", draft.lens.slug), {"meaning": "x"})
    assert "Enter the name of the dimension" in html(answer)
    assert (
        client.get(address("dimension_create", draft.lens.slug) + "?part_of=%00").status_code == 200
    )
    assert client.get(address("dimension_edit", draft.lens.slug, "no-such")).status_code == 404


def test_what_a_draft_is_for_is_changed(client, draft):
    edit = address("lens_draft_edit", draft.lens.slug)
    client.post(edit, {"purpose": "Better", "source": "A book"})
    page = html(client.get(address("lens_draft", draft.lens.slug)))
    assert "Better" in page
    assert "A book" in page


def test_a_new_version_stands_beside_the_old(client, draft):
    client.post(address("lens_draft_publish", draft.lens.slug))
    page = html(client.get(address("lens", draft.lens.slug)))
    assert "Version 2, shown here" in page
    assert address("lens_version", draft.lens.slug, 1) in page


def test_a_draft_is_discarded(client, draft):
    discard = address("lens_draft_discard", draft.lens.slug)
    assert "What is published stays" in html(client.get(discard))
    assert client.post(discard).url == address("lens", draft.lens.slug)
    assert draft.lens.versions.count() == 1


def test_a_lens_that_was_never_published_goes_with_its_draft(client, staff):
    client.post(address("lens_create"), {"name": "Ours", "purpose": "x"})
    discard = address("lens_draft_discard", "ours")
    assert "so it goes too" in html(client.get(discard))
    assert client.post(discard).url == address("lenses")
    assert not Lens.objects.filter(slug="ours").exists()
