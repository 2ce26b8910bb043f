"""Each page of the walk: its server time beside the floor page's, its queries at 3 and 3,000 rows."""

from collections.abc import Callable, Iterator
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
FEW, FULL, MANY = 3, 30, 3000  # rows of everything; with FULL, every list has a full first page
# The first of these who may see a page is the one who is served it.
READERS = (
    Kind.EVALUATOR,
    Kind.STAFF,
    Kind.OPERATOR,
    Kind.APPLICANT,
    Kind.PANEL_MEMBER,
    Kind.NO_ROLE,
    Kind.ANONYMOUS,
)


@dataclass(frozen=True)
class Reading:
    """A page and who is served it."""

    name: str
    reader: Kind
    page: Page


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
    yield from Trial(_pages(world, names), floor_page()).measured(lambda rows: fill(world, rows))


def _pages(world: World, names: list[str]) -> list[Reading]:
    sessions = {kind: session_of(person) for kind, person in world.people.items()}
    application = WSGIHandler()
    readings = {}
    for row in gathered():
        reader = next((kind for kind in READERS if row.get[kind] == 200), None)
        if reader and (not names or any(name in row.name for name in names)):
            address = row.path(world) + row.query
            call = page(application, address, sessions.get(reader, ""))
            # Several rows may have one name, as a draft and a published case study, or one address.
            readings[row.name, reader, address] = Reading(row.name, reader, call)
    return list(readings.values())


@dataclass(frozen=True)
class Trial:
    """Pages that are measured in turns with the floor page, from few rows to many."""

    readings: list[Reading]
    floor: Page

    def measured(self, fill: Callable[[int], None]) -> Iterator[Measured]:
        few = [queries(each.page) for each in self.readings]
        fill(FULL)
        times = [self.times(each.page) for each in self.readings]
        fill(MANY)
        for each, time, queries_of_few in zip(self.readings, times, few, strict=True):
            yield Measured(each.name, each.reader, *time, queries_of_few, queries(each.page))

    def times(self, call: Page) -> tuple[float, float, float]:
        """A page that takes too long is measured again, more often: it may have been the machine."""
        times = ratio(call, self.floor)
        return times if times[-1] <= LIMIT else ratio(call, self.floor, rounds=150)


def queries(call: Page) -> int:
    call()  # so that what is cached for good is not counted
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)
