"""All that somebody can get from Placework: every address of the walk, and every link from there."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from accounts.models import Person
from programmes.models import Call
from tests.documents.accessible import text
from tests.programmes.selection.planting import Planted
from tests.walk import Row, World

LINK = re.compile(r'(?:href|hx-get|src)="([^"#]+)')
# Links are followed within these rooms. What other rooms show, their rows of the walk ask for.
ROOMS = ("programmes:", "documents:", "places:")
QUERIES = 10  # of one path, by which it is searched, filtered, sorted, turned and downloaded
WRITTEN_AT = "docProps/core.xml"  # of a workbook
TOLD = ("Content-Disposition", "Location")  # headers; the others differ each time, or never
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": ?"\w+"')
NONCE = re.compile(r'nonce="[^"]+"')


@dataclass(frozen=True)
class Answered:
    """What came back: text whatever its kind was, without what differs at every request."""

    address: str
    status: int
    words: str


def reach(person: Person, addresses: Iterable[str], call: Call) -> Iterator[Answered]:
    """GET each, and whatever is linked from there, once."""
    client = Client()
    client.force_login(person)
    waiting = deque(dict.fromkeys(addresses))
    seen = set(waiting)
    queries = Counter(urlsplit(address).path for address in waiting)
    while waiting:
        answered, links = get(client, waiting.popleft())
        yield answered
        for link in links:
            path = urlsplit(link).path
            if link not in seen and queries[path] < QUERIES and is_followed(path, call):
                seen.add(link)
                queries[path] += 1
                waiting.append(link)


def is_followed(path: str, call: Call) -> bool:
    """Not into other calls, which the walk's own rows are about."""
    try:
        match = resolve(path)
    except Resolver404:  # a static file
        return False
    number = match.kwargs.get("number") if "cohorts/" in match.route else None
    return match.view_name.startswith(ROOMS) and number in (None, call.cohort.number)


def get(client: Client, address: str) -> tuple[Answered, list[str]]:
    with transaction.atomic():
        response = client.get(address)
        content = response.getvalue()
        transaction.set_rollback(True)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    links = list(_links(address, content.decode())) if is_page else []
    return Answered(address, response.status_code, words_of(response, content)), links


def words_of(response: HttpResponse, content: bytes) -> str:
    """Also what headers say: a file's name, and where one is sent."""
    told = " ".join(response.headers.get(name, "") for name in TOLD)
    return TOKEN.sub("", NONCE.sub("", f"{told}\n{_unpacked(content)}"))


def _unpacked(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return text(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if name != WRITTEN_AT]
            return "\n".join(archive.read(name).decode(errors="replace") for name in names)
    return unescape(content.decode(errors="replace"))


def _links(address: str, page: str) -> Iterator[str]:
    for link in LINK.findall(page):
        target = urlsplit(urljoin(f"http://testserver{address}", unescape(link)))
        if target.netloc == "testserver":
            query = f"?{target.query}" if target.query else ""
            yield target.path + query


def addresses_of(rows: Iterable[Row], world: World, planted: Planted) -> Iterator[str]:
    """Of every row as it stands, and of the planted application wherever an address takes one."""
    for row in rows:
        yield row.path(world) + row.query
        yield from of_the_planted(row, world, planted)


def of_the_planted(row: Row, world: World, planted: Planted) -> Iterator[str]:
    """The address of a row with the planted call, application and whatever hangs on them put in."""
    given = dict(row.arguments(world))
    for values in _values(row.name, row.route(world), given, planted):
        yield reverse(row.name, kwargs=given | values) + row.query


def _values(
    name: str, route: str, given: dict[str, object], planted: Planted
) -> list[dict[str, object]]:
    call, pk = planted.call, planted.application.pk
    of_it: dict[str, object] = {"pk": pk}
    if name.startswith("documents:job"):
        return [{"pk": job.pk} for job in planted.jobs]
    if name == "programmes:membership":
        return [{"pk": planted.membership.pk}]
    if name.startswith("programmes:invitation"):
        return [{"pk": planted.invitation}] if "pk" in given else []
    if "programmes/applications/<int:pk>/" in route:
        of_it |= {"number": 1} if "number" in given else {}
        of_it |= {"file": planted.file.pk} if "file" in given else {}
        of_it |= {"membership": planted.membership.pk} if "membership" in given else {}
        of_it |= {"invitation": planted.invitation} if "invitation" in given else {}
        return [of_it]
    if "cohorts/<int:number>/" not in route or "slug" not in given:
        return []
    here: dict[str, object] = {
        "slug": call.cohort.programme.slug,
        "number": call.cohort.number,
    }
    here |= {"application": planted.number} if "application" in given else {}
    if name == "programmes:panel_member":
        return [here | {"pk": member.pk} for member in call.members.all()]
    if name == "programmes:interest":
        rows = planted.application.interests.all()
        return [here | {"pk": interest.pk} for interest in rows]
    return [here]
