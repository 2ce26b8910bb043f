"""Each page of the walk: its server time beside the floor page's, its queries at 3 and 3,000 rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.models import Call
from tests import builders
from tests.bench.filling import fill
from tests.bench.server_time import Page, floor_page, page, ratio, session_of
from tests.programmes.selection.scoring import grow
from tests.walk import Kind, World
from tests.walk.rows import gathered, modules
from tests.walk.world import build

LIMIT = 3.0
# These compute a ranking with its uncertainty; they show all applications of a call at once.
LIMITS = dict.fromkeys(
    ["programmes:board", "programmes:decisions", "programmes:lots", "programmes:release"], 25.0
)
# `make test` lets pass what another run on the same machine may take more: it must not fail by noise.
NOISE = 1.2
NEAR = 0.9  # of its limit: then a few rounds do not tell
FEW, FULL, MANY = 3, 30, 3000  # rows of everything; with FULL, every list has a full first page
# The first of these who may see a page is the one who is served it.
READERS = (
    Kind.EVALUATOR,
    Kind.STAFF,
    Kind.OPERATOR,
    Kind.APPLICANT,
    Kind.PANEL_MEMBER,
    Kind.PARTNER,
    Kind.NO_ROLE,
    Kind.ANONYMOUS,
)


def limit_of(name: str) -> float:
    return LIMITS.get(name.partition(",")[0], LIMIT)


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
        return self.is_within(1.0)

    def is_within(self, times: float) -> bool:
        """Whether it takes at most so many times its limit, and as many queries for few as for many."""
        is_quick = self.ratio <= limit_of(self.name) * times
        return is_quick and self.queries_of_few == self.queries_of_many


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
    yield from _board(names)


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
        times = [self.times(each) for each in self.readings]
        fill(MANY)
        for each, time, queries_of_few in zip(self.readings, times, few, strict=True):
            yield Measured(each.name, each.reader, *time, queries_of_few, queries(each.page))

    def times(self, of: Reading) -> tuple[float, float, float]:
        """A page that takes nearly too long is measured again, and more often if it still does: it may
        have been the machine.
        """
        limit = limit_of(of.name)
        times = ratio(of.page, self.floor, rounds=10)
        if times[-1] > limit * NEAR:
            times = ratio(of.page, self.floor)
        return times if times[-1] <= limit else ratio(of.page, self.floor, rounds=150)


def _board(names: list[str]) -> Iterator[Measured]:
    """The board of 40 applications, 5 criteria and 6 members, and its queries for 4 and for 400."""
    if names and not any(name in "programmes:board" for name in names):
        return
    programme = builders.programme()
    staff = builders.staff(programme)
    session, application = session_of(staff), WSGIHandler()

    def board(of: Call) -> Page:
        where = {"slug": programme.slug, "number": of.cohort.number}
        address = reverse("programmes:board", kwargs=where, urlconf=settings.ROOT_URLCONF)
        return page(application, address, session)

    few = board(rehearse_selection(programme=programme, by=staff, size=Size(applications=4)))
    call = rehearse_selection(programme=programme, by=staff)
    times = ratio(board(call), floor_page())
    grow(call, 400)
    name = "programmes:board, 40 x 5 x 6"
    yield Measured(name, Kind.STAFF, *times, queries(few), queries(board(call)))


def queries(call: Page) -> int:
    call()  # so that what is cached for good is not counted
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)
