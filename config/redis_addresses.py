"""One REDIS_URL, and what Celery and Django's cache each make of it.

They get different databases of the server: clearing the cache empties its database, and must not
take the waiting jobs along.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def database_number(url: str) -> int:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return int(dict(parse_qsl(parts.query)).get("db", "0"))
    return int(parts.path.strip("/") or "0")


def with_database(url: str, number: int) -> str:
    """The same server's database of that number."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        query = urlencode({**dict(parse_qsl(parts.query)), "db": str(number)})
        return f"unix://{parts.path}?{query}"
    return urlunsplit(parts._replace(path=f"/{number}"))


def broker_url(url: str) -> str:
    """As Celery spells it: over a socket, `virtual_host` (kombu silently ignores `db`)."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    query = dict(parse_qsl(parts.query))
    query["virtual_host"] = query.pop("db", "0")
    return f"redis+socket://{parts.path}?{urlencode(query)}"


def cache_url(url: str) -> str:
    """The database after the broker's."""
    return with_database(url, database_number(url) + 1)
