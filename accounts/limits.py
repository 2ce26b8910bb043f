"""How often a visitor may have a page do something, as `ACCOUNT_RATE_LIMITS` names it."""

import structlog
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def is_within_limit(request: HttpRequest, action: str, key: str = "") -> bool:
    """Whether this may be done once more; counted with that. With the cache away nobody is refused."""
    try:
        # The package's open function counts no GET, such as one that tries a reference.
        return bool(
            ratelimit.consume(
                request, app="allauth.account", action=action, key=key, limit_get=True
            )
        )
    except RedisError as away:
        log.warning("limits_not_counted", action=action, reason=str(away))
        return True
