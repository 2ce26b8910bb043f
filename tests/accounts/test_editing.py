"""Two people save the same row at the same moment."""

import threading

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from places.forms.place import PlaceForm
from places.models import Place
from programmes.forms.project import ProjectForm
from programmes.models import Project
from tests import builders
from tests.waiting import until


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told() -> None:
    place = builders.place("Wigan", region="North")
    programme = builders.programme()
    seen = PlaceForm(instance=place)["seen"].value()
    address = reverse("places:place_edit", args=[place.slug])
    together = threading.Barrier(2, timeout=20)
    answers: dict[str, int] = {}

    def save(region: str) -> None:
        client = Client()
        client.force_login(builders.staff(programme))
        together.wait()
        sent = {"name": "Wigan", "region": region, "seen": seen}
        answers[region] = client.post(address, sent).status_code
        connection.close()

    threads = [threading.Thread(target=save, args=[region]) for region in ("East", "West")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [200, 302]
    saved = next(region for region, status in answers.items() if status == 302)
    assert Place.objects.get().region == saved


@pytest.mark.django_db(transaction=True)
def test_who_waited_is_told_of_a_row_that_now_belongs_elsewhere() -> None:
    project = builders.project()
    staff, later = builders.staff(project.programme), builders.cohort(project.programme, 2)
    address = reverse("programmes:project_edit", args=[project.programme.slug, project.slug])
    sent = {"cohort": project.cohort_id, "focus": "Ours", "seen": seen_by(project)}
    answers: list[HttpResponse] = []

    def save() -> None:
        client = Client()
        client.force_login(staff)
        answers.append(client.post(address, sent))
        connection.close()

    waiting = threading.Thread(target=save)
    with transaction.atomic():
        Project.objects.filter(pk=project.pk).update(cohort=later)
        waiting.start()
        until(somebody_waits)
    waiting.join()
    assertContains(answers[0], "Ours")


def seen_by(project: Project) -> str:
    return str(ProjectForm(instance=project, programme=project.programme)["seen"].value())


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
        return cursor.fetchone() is not None


@pytest.mark.django_db
def test_reading_locks_nothing(client, django_assert_num_queries) -> None:
    place = builders.place("Wigan")
    client.force_login(builders.staff(builders.programme()))
    with django_assert_num_queries(4) as queries:
        client.get(reverse("places:place_edit", args=[place.slug]))
    assert not any("FOR UPDATE" in query["sql"] for query in queries)
