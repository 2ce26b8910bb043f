import pytest

from config.redis_addresses import broker_url, cache_url, with_database


@pytest.mark.parametrize(
    ("given", "broker", "cache"),
    [
        ("redis://host:6379", "redis://host:6379", "redis://host:6379/1"),
        ("rediss://:secret@host/4", "rediss://:secret@host/4", "rediss://:secret@host/5"),
        ("unix:///r.sock", "redis+socket:///r.sock?virtual_host=0", "unix:///r.sock?db=1"),
        ("unix:///r.sock?db=2", "redis+socket:///r.sock?virtual_host=2", "unix:///r.sock?db=3"),
    ],
)
def test_the_cache_has_the_database_after_the_brokers(given: str, broker: str, cache: str) -> None:
    assert broker_url(given) == broker
    assert cache_url(given) == cache


def test_what_else_an_address_says_is_kept() -> None:
    assert with_database("unix:///r.sock?password=p&db=0", 3) == "unix:///r.sock?password=p&db=3"
    assert with_database("redis://host/0?health_check_interval=9", 3).endswith(
        "/3?health_check_interval=9"
    )
