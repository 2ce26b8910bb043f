"""Follows the links that a person is shown, from their home on, as far as there are kinds of page."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

ENOUGH = 3  # pages of one address pattern; the fourth place is like the first three
ADDRESSES = {"a": "href", "img": "src", "form": "action"}


@dataclass(frozen=True)
class Followed:
    path: str
    route: str
    status: int
    found_on: str
    is_page: bool


class _Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("method", "get") != "get":
            return
        for name in (ADDRESSES.get(tag, ""), "hx-get"):
            if address := given.get(name):
                self.found.append(address)


def links_in(html: str, page: str) -> list[str]:
    """Paths within the site, in the order in which they stand, without the anchors."""
    absolute = (urlsplit(urljoin(page, link)) for link in _Links(html).found)
    return [
        link._replace(fragment="").geturl()
        for link in absolute
        if not link.scheme and not link.netloc and not link.path.startswith("/static/")
    ]


def follow(client: Client, start: str = "/") -> Iterator[Followed]:
    """Every page that is reached, the start among them, each path once."""
    waiting, seen = deque([(start, "")]), {start}
    visits: Counter[str] = Counter()
    while waiting:
        path, found_on = waiting.popleft()
        route = route_of(path)
        if visits[route] == ENOUGH:
            continue
        visits[route] += 1
        response = client.get(path)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        yield Followed(path, route, response.status_code, found_on, is_page)
        if is_page and response.status_code == 200:
            for link in links_in(response.content.decode(), path):
                if link not in seen:
                    seen.add(link)
                    waiting.append((link, path))
        response.close()


def route_of(path: str) -> str:
    """The pattern of an address, which many pages share; a list narrowed by a query is another page."""
    address = urlsplit(path)
    try:
        return resolve(address.path).route + ("?" if address.query else "")
    except Resolver404:
        return path
