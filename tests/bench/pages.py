"""Each page of the walk: its server time beside the floor page's, its queries at 3 and 3,000 rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.filling import fill
from tests.bench.server_time import Page, floor_page, page, ratio, session_of
from tests.walk import Kind, World
from tests.walk.rows import gathered, modules
from tests.walk.world import build

LIMIT = 3.0
FEW, MANY = 3, 3000
# The first of these who may see a page is the one who is served it.
READERS = (Kind.EVALUATOR, Kind.STAFF, Kind.OPERATOR, Kind.NO_ROLE, Kind.ANONYMOUS)


@dataclass(frozen=True)
class Measured:
    """One page. Seconds are taken in turns with the floor page's."""

    name: str
    reader: Kind
    seconds: float
    floor: float
    ratio: float
    queries_of_few: int
    queries_of_many: int

    @property
    def is_good(self) -> bool:
        return self.ratio <= LIMIT and self.queries_of_few == self.queries_of_many


def furnished_world() -> World:
    world = build()
    for module in modules():
        getattr(module, "furnish", lambda world: None)(world)
    return world


def measured(names: list[str]) -> Iterator[Measured]:
    """Every page of the walk, or those whose name holds one of `names`."""
    world = furnished_world()
    fill(world, FEW)
    sessions = {kind: session_of(person) for kind, person in world.people.items()}
    application = WSGIHandler()
    pages: dict[tuple[str, Kind, str], Page] = {}
    for row in gathered():
        reader = next((kind for kind in READERS if row.get[kind] == 200), None)
        if reader and (not names or any(name in row.name for name in names)):
            address = row.path(world) + row.query
            # Several rows may have one name: a draft and a published case study.
            pages[row.name + row.query, reader, address] = page(
                application, address, sessions.get(reader, "")
            )
    few = {key: queries(call) for key, call in pages.items()}
    fill(world, 30)
    floor = floor_page()
    times = {key: ratio(call, floor) for key, call in pages.items()}
    fill(world, MANY)
    for key, call in pages.items():
        name, reader, _ = key
        yield Measured(name, reader, *times[key], few[key], queries(call))


def queries(call: Page) -> int:
    call()  # so that what is cached for good is not counted
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)
