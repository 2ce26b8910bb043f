import pytest
from django.test import Client
from pytest_django.fixtures import Settings


@pytest.mark.django_db
def test_a_request_that_is_too_large_is_refused_with_the_limit(
    client: Client, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    answer = client.post("/healthz", "x" * (1024 * 1024 + 1), content_type="text/plain")
    assert answer.status_code == 413
    assert "at most 1 MB" in answer.content.decode()


def test_a_request_within_the_limit_passes(client: Client) -> None:
    assert client.post("/healthz", "x", content_type="text/plain").status_code == 405
