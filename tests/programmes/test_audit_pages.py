"""The audit trail as staff and operators read it."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from places.actions.places import change_place, create_place
from programmes.actions.cohorts import change_cohort, create_cohort
from programmes.actions.lenses import create_lens
from programmes.tables.events import changes_in_words, kinds
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return builders.programme("Local Vision")


@pytest.fixture
def staff(client, programme):
    person = builders.staff(programme, name="Stella Staff")
    client.force_login(person)
    return person


@pytest.fixture
def cohort(programme, staff):
    cohort = create_cohort(programme=programme, by=staff, number=1)
    return change_cohort(
        cohort=cohort, by=staff, started_on=datetime.date(2013, 4, 1), note="First"
    )


def page(client, *args, query=""):
    name = "programmes:audit" if args else "programmes:audit_trail"
    response = client.get(f"{reverse(name, args=args)}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_old_and_new_are_told_in_words(client, programme, cohort):
    html = page(client, programme.slug)
    for shown in (
        "2 events",
        "Cohort added",
        "Cohort changed",
        "Started on: “1 April 2013”",
        "Note: “First”",
    ):
        assert shown in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=cohort.changed", "1 event<"),
        ("q=stella", "2 events"),
        ("q=nobody", "0 events"),
        ("from=1+January+2020", "2 events"),
        ("to=1+January+2020", "0 events"),
        ("to=nonsense", "2 events"),
        ("sort=by", "2 events"),
    ],
)
def test_the_trail_is_searched_and_filtered(client, programme, cohort, query, count):
    assert count in page(client, programme.slug, query=query)


def test_events_of_one_person(client, programme, staff, cohort):
    change_cohort(cohort=cohort, by=None, note="Second")
    assert "2 events" in page(client, programme.slug, query=f"person={staff.pk}")
    assert "1 event<" in page(client, programme.slug, query="person=placework")


def test_a_date_of_no_sense_is_answered_beside_its_field(client, programme, cohort):
    assert "To must be a date, like" in page(client, programme.slug, query="to=nonsense")


def test_the_whole_day_is_in(client, programme, cohort):
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert "2 events" in page(client, programme.slug, query=f"from={today}&to={today}")


def test_staff_see_the_shared_registers_and_not_what_happened_elsewhere(client, staff, cohort):
    place = create_place(by=staff, name="Wigan")
    change_place(place=place, by=staff, region="North West")
    create_lens(by=staff, name="Ours", purpose="", source="")
    html = page(client)
    assert "3 events" in html
    assert "Region: “North West”" in html
    assert "Cohort" not in html.split("<tbody")[1]


def test_operators_see_everything(client, staff, cohort):
    create_place(by=staff, name="Wigan")
    client.force_login(builders.person(is_operator=True))
    assert "3 events" in page(client)


def test_the_trail_is_exported(client, programme, cohort):
    response = client.get(reverse("programmes:audit", args=[programme.slug]) + "?download=csv")
    rows = b"".join(response).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("When,What happened,To what,Old and new,By,Id of the person")
    assert len(list(filter(lambda row: "Cohort" in row, rows))) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"region": ["", "North"]}, "Region: “North”"),
        ({"region": ["North", ""]}, "Region: “North” removed"),
        ({"area_type": ["a", "b"]}, "Kind of area: “a” became “b”"),
        ({"gone_field": ["a", "b"]}, "Gone field: “a” became “b”"),
        ({}, ""),
    ],
)
def test_changes_in_words(changes, words):
    assert changes_in_words(AuditEvent(subject_kind="places.place", changes=changes)) == words


def test_a_model_that_has_gone_is_told_by_its_old_names():
    event = AuditEvent(subject_kind="gone.thing", changes={"old_field": ["", "x"]})
    assert changes_in_words(event) == "Old field: “x”"


def test_every_kind_of_event_has_a_label_of_its_own():
    labels = list(kinds().values())
    assert "Place added" in labels
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("rows", [3, 3000])
def test_the_trail_has_one_query_count(client, programme, staff, rows, django_assert_num_queries):
    AuditEvent.objects.bulk_create(
        AuditEvent(
            kind="cohort.changed",
            by_name="Ann",
            subject_kind="programmes.cohort",
            subject_id=str(number),
            subject_name="Cohort",
            scope_kind="programmes.programme",
            scope_id=str(programme.pk),
        )
        for number in range(rows)
    )
    with django_assert_num_queries(8):
        page(client, programme.slug)
    assert connection.vendor == "postgresql"
