import pytest
from celery import current_app


@pytest.fixture
def broker_is_down(monkeypatch):
    """Celery is told of an address where nothing listens."""
    monkeypatch.setattr(
        current_app.conf, "broker_write_url", "redis+socket:///nowhere/redis.sock?virtual_host=0"
    )
