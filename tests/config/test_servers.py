import pytest
from django.core.cache import cache
from django.db import connection

from config.celery import app


@pytest.mark.django_db
def test_the_database_is_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('fsync'), current_setting('server_version_num')::int"
        )
        assert cursor.fetchone() == ("off", 180006)


def test_the_cache_and_the_broker_are_two_databases_of_redis() -> None:
    with app.connection() as connection:
        connection.default_channel.client.set("waiting", "job")
        cache.set("a", 1)
        cache.clear()
        assert connection.default_channel.client.get("waiting") == b"job"
