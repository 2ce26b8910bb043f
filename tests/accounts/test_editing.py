"""Two people save the same row at the same moment."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from places.forms.place import PlaceForm
from places.models import Place
from tests import builders


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


@pytest.mark.django_db
def test_reading_locks_nothing(client, django_assert_num_queries) -> None:
    place = builders.place("Wigan")
    client.force_login(builders.staff(builders.programme()))
    with django_assert_num_queries(4) as queries:
        client.get(reverse("places:place_edit", args=[place.slug]))
    assert not any("FOR UPDATE" in query["sql"] for query in queries)
