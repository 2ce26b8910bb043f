"""What is planted in an application turns up nowhere that somebody recused from it can reach.

Every address, export, file and mail, in every phase. Nor does anything there differ by what the
application is worth: whatever could be worked out from a total, a rank or a count would differ.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from accounts.models import OutgoingMail
from accounts.roles import Role
from programmes.models import DecisionOutcome, PanelMember, Phase, Standing
from tests import builders
from tests.programmes.selection import planting
from tests.programmes.selection.planting import Planted
from tests.programmes.selection.reaching import Answered, addresses_of, get, reach
from tests.walk.rows import gathered, modules
from tests.walk.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COHORT = 50
# Where the place's name alone may stand for whoever is recused: they have declared on it.
NAMED_ON = {"programmes:declaration", "programmes:reading", "programmes:home_panels"}
MARKS = re.compile(
    rf"\b{planting.SIGN}[a-z]+\b|7[,.]?313[,.]?137|8[,.]?191[,.]?817"
    rf"|{planting.PLACE}|\b{re.escape(planting.MEAN)}\b",
    re.IGNORECASE,
)
# A time of day (Excel counts it in days), a signature with its time, and the name of a window.
MOMENT = re.compile(
    r"\b\d{1,2}:\d\d(:\d\d)?\b|\b\d{5}\.\d{5,}\b|:\w{6}:[-\w]{43}\b|\b\w{8}(-\w{4}){3}-\w{12}\b"
)
SECRETS = "mfa_"  # pages that hold a new one each time
KINDS: dict[str, list[Role]] = {
    "member": [],
    "staff": [Role.STAFF],
    "everything at once": [Role.STAFF, Role.EVALUATOR, Role.ENABLER],
    "chair": [],
    "waits to be settled": [],
    "left the panel": [],
    "staff who left the panel": [Role.STAFF],
    "evaluator": [Role.EVALUATOR],
}
# They see the least and the most; in the meeting, when there is most to see, all kinds are asked.
OFTEN = ["member", "everything at once"]
HEALTH = "healthz"  # waits for a worker, and says a word on each server
COMPARED = ("programmes:", "documents:", "home", "accounts:undelivered_mail")  # rooms that may know

Seen = dict[str, Answered]


@pytest.fixture
def world() -> World:
    world = build()
    for module in modules():
        getattr(module, "furnish", lambda world: None)(world)
    return world


@pytest.fixture
def planted(world: World) -> Planted:
    planted = planting.plant(world.programme, COHORT)
    planting.seat_readers(planted)
    planting.ask_the_panel(planted)
    return planted


@pytest.fixture
def recused(planted: Planted) -> dict[str, PanelMember]:
    """Of every kind, one who may read every other application."""
    return {kind: recused_as(kind, planted) for kind in KINDS}


def recused_as(kind: str, planted: Planted) -> PanelMember:
    call, is_all = planted.call, kind == "everything at once"
    programme = call.cohort.programme
    someone = builders.person(f"Rae {kind}", is_operator=is_all)
    builders.grant(someone, Role.PANEL_MEMBER, programme)
    for role in KINDS[kind]:
        scope = programme.projects.earliest("pk") if role == Role.ENABLER else programme
        builders.grant(someone, role, scope)
    member = builders.panel_member(call, someone, is_chair=is_all or kind == "chair")
    standing = Standing.TO_SETTLE if kind == "waits to be settled" else Standing.RECUSED
    for application in call.applications.order_by("number"):
        is_planted = application == planted.application
        builders.interest(member, application, standing if is_planted else Standing.CLEAR)
    if "left" in kind:
        member.removed_at, member.removed_by = member.added_at, planted.staff
        member.save()
    return member


def score(planted: Planted, recused: dict[str, PanelMember], *, high: bool = True) -> None:
    planting.open_scoring(planted, high)
    for member in recused.values():
        for application in planted.call.applications.exclude(pk=planted.application.pk):
            planting.hand_in(member, application, 1 + application.number % 5)


def seen_by(
    member: PanelMember, world: World, planted: Planted, rooms: tuple[str, ...] = ("",)
) -> Seen:
    """All that they can get, by address."""
    rows = [row for row in gathered() if row.name.startswith(rooms) and row.name != HEALTH]
    addresses = addresses_of(rows, world, planted)
    answers = reach(member.person, addresses, planted.call)
    return {answered.address: answered for answered in answers}


def marks_in(seen: Seen, published: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """{address: planted words in its answer} where there are any that may not be there."""
    found = {address: _marks(answered) - published for address, answered in seen.items()}
    return {address: marks for address, marks in found.items() if marks}


def _marks(answered: Answered) -> set[str]:
    found = {re.sub(r"[,.]", "", mark).lower() for mark in MARKS.findall(answered.words)}
    is_named = name_of(answered.address) in NAMED_ON
    return found - {planting.PLACE.lower()} if is_named else found


def assert_nothing_found(
    kinds: list[str], recused: dict[str, PanelMember], world: World, planted: Planted
) -> None:
    published = planting.PUBLISHED if planted.call.phase == Phase.RELEASED else frozenset()
    for kind in kinds:
        seen = seen_by(recused[kind], world, planted)
        assert (kind, marks_in(seen, published)) == (kind, {})
        told = OutgoingMail.objects.filter(to=recused[kind].person.email)
        assert [each for each in told if MARKS.search(f"{each.subject} {each.text}")] == []


@contextmanager
def undone(planted: Planted) -> Iterator[None]:
    """Rows get the same ids again: what is rolled back has used them up."""
    jobs = list(planted.jobs)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
        yield
        transaction.set_rollback(True)
    planted.jobs = jobs
    planted.renew()


def assert_same(
    one: Callable[[], None],
    other: Callable[[], None],
    recused: dict[str, PanelMember],
    world: World,
    planted: Planted,
) -> None:
    """Whichever of the two has happened, everything that they see is the same."""
    worlds: list[dict[tuple[str, str], tuple[int, str]]] = []
    for happens in (one, other):
        with undone(planted):
            happens()
            planted.renew()
            worlds.append(
                {
                    (kind, address): answer
                    for kind in OFTEN
                    for address, answer in compared(
                        seen_by(recused[kind], world, planted, COMPARED)
                    ).items()
                }
            )
    first, second = worlds
    differs = {key for key in first.keys() | second.keys() if first.get(key) != second.get(key)}
    assert sorted(differs) == []


def compared(seen: Seen) -> dict[str, tuple[int, str]]:
    return {
        address: (answered.status, MOMENT.sub("", answered.words))
        for address, answered in seen.items()
        if not name_of(address).startswith(SECRETS)
    }


def name_of(address: str) -> str:
    return resolve(address.partition("?")[0]).view_name


class TestWords:
    def test_while_members_declare(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        assert_nothing_found(OFTEN, recused, world, planted)

    def test_while_they_score(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        score(planted, recused)
        assert_nothing_found(OFTEN, recused, world, planted)

    def test_while_they_meet(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        score(planted, recused)
        planting.meet(planted)
        assert_nothing_found(list(KINDS), recused, world, planted)

    def test_after_the_release(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        score(planted, recused)
        planting.meet(planted)
        planting.release(planted)
        assert_nothing_found(OFTEN, recused, world, planted)

    def test_others_find_them_all(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        score(planted, recused)
        planting.meet(planted)
        clear = builders.panel_member(planted.call, planted.staff)
        found = marks_in(seen_by(clear, world, planted)).values()
        wanted = (
            "answer focus partner filename sponsor writer extended goneon eligible remark letter"
        )
        assert {f"qzx{word}" for word in wanted.split()} | {"7313137", "432"} <= set().union(*found)

    def test_searching_for_them_finds_nothing(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        """A list that is searched for a planted word answers as to a word that nobody has written."""
        score(planted, recused)
        planting.meet(planted)
        client = Client()
        client.force_login(recused["everything at once"].person)
        seen = seen_by(recused["everything at once"], world, planted)
        lists = {
            address.partition("?")[0] for address, it in seen.items() if 'name="q"' in it.words
        }
        assert lists
        for address in lists:
            for word in (planting.PLACE, "Qzxwriter", "Qzxfilename"):
                answers = [
                    MOMENT.sub("", get(client, f"{address}?q={term}")[0].words).replace(term, "")
                    for term in (word, "Zyzzogeton")
                ]
                assert answers[0] == answers[1], (address, word)


class TestDifference:
    def test_by_scores(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        assert_same(
            lambda: score(planted, recused, high=True),
            lambda: score(planted, recused, high=False),
            recused,
            world,
            planted,
        )

    def test_by_decisions(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        def met(outcome: DecisionOutcome | None, *, high: bool) -> None:
            score(planted, recused, high=high)
            planting.meet(planted, outcome)

        assert_same(
            lambda: met(DecisionOutcome.SELECT, high=True),
            lambda: met(None, high=False),
            recused,
            world,
            planted,
        )

    def test_by_what_was_released(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        """A selected place is published; who else waits or is declined is not."""

        def released(outcome: DecisionOutcome) -> None:
            score(planted, recused)
            planting.meet(planted, outcome)
            planting.release(planted)

        assert_same(
            lambda: released(DecisionOutcome.RESERVE),
            lambda: released(DecisionOutcome.DECLINE),
            recused,
            world,
            planted,
        )
