"""What is planted in an application turns up nowhere that somebody recused from it can reach.

Every address, export, file and mail, in every phase. Nor does anything there differ by what the
application is worth: whatever could be worked out from a total, a rank or a count would differ.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from accounts.models import OutgoingMail
from accounts.roles import Role
from programmes.models import Application, DecisionOutcome, PanelMember, Phase, Standing
from tests import builders
from tests.programmes.selection import planting
from tests.programmes.selection.planting import Planted
from tests.programmes.selection.reaching import Answered, addresses_of, get, reach
from tests.walk.rows import furnished, gathered
from tests.walk.world import World

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


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def asked(world: World) -> Planted:
    """The panel is asked to declare."""
    planted = planting.plant(world.programme, COHORT)
    planting.seat_readers(planted)
    planting.ask_the_panel(planted)
    return planted


@pytest.fixture(scope="module")
def recused(asked: Planted) -> dict[str, PanelMember]:
    """Of every kind, one who may read every other application."""
    return {kind: recused_as(kind, asked) for kind in KINDS}


@pytest.fixture
def planted(asked: Planted, recused: dict[str, PanelMember]) -> Planted:
    """As it was asked, whatever the test before has done."""
    return again(asked)


def again(planted: Planted) -> Planted:
    copied = replace(planted, jobs=list(planted.jobs))
    copied.application = Application.objects.get(pk=planted.application.pk)
    copied.renew()
    return copied


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
        assert marks_in_mail(recused[kind]) == []


def marks_in_mail(member: PanelMember) -> list[OutgoingMail]:
    told = OutgoingMail.objects.filter(to=member.person.email)
    return [each for each in told if MARKS.search(f"{each.subject} {each.text}")]


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
        MOMENT.sub("", address): (answered.status, MOMENT.sub("", answered.words))
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

    def test_after_the_release(
        self, recused: dict[str, PanelMember], world: World, planted: Planted
    ) -> None:
        score(planted, recused)
        planting.meet(planted)
        planting.release(planted)
        assert_nothing_found(OFTEN, recused, world, planted)


@pytest.fixture(scope="class")
def met(
    asked: Planted, recused: dict[str, PanelMember], django_db_blocker: pytest.FixtureRequest
) -> Iterator[Planted]:
    with django_db_blocker.unblock(), transaction.atomic():
        planted = again(asked)
        score(planted, recused)
        planting.meet(planted)
        yield planted
        transaction.set_rollback(True)


@pytest.fixture(scope="class")
def seen_by_all(
    met: Planted,
    recused: dict[str, PanelMember],
    world: World,
    django_db_blocker: pytest.FixtureRequest,
) -> dict[str, Seen]:
    with django_db_blocker.unblock():
        return {kind: seen_by(member, world, met) for kind, member in recused.items()}


class TestMeeting:
    """When there is most to see."""

    def test_nobody_recused_finds_them(
        self, seen_by_all: dict[str, Seen], recused: dict[str, PanelMember]
    ) -> None:
        for kind, seen in seen_by_all.items():
            assert (kind, marks_in(seen)) == (kind, {})
            assert marks_in_mail(recused[kind]) == []

    def test_others_find_them_all(self, met: Planted, world: World) -> None:
        clear = builders.panel_member(met.call, met.staff)
        found = marks_in(seen_by(clear, world, met)).values()
        wanted = (
            "answer focus partner filename sponsor writer extended goneon eligible remark letter"
        )
        assert {f"qzx{word}" for word in wanted.split()} | {"7313137", "432"} <= set().union(*found)

    def test_searching_for_them_finds_nothing(
        self, seen_by_all: dict[str, Seen], recused: dict[str, PanelMember]
    ) -> None:
        """A list that is searched for a planted word answers as to a word that nobody has written."""
        client = Client()
        client.force_login(recused["everything at once"].person)
        lists = {
            address.partition("?")[0]
            for address, it in seen_by_all["everything at once"].items()
            if 'name="q"' in it.words
        }
        assert lists
        for address in lists:
            unwritten = searched(client, address, "Zyzzogeton")
            for word in (planting.PLACE, "Qzxwriter", "Qzxfilename"):
                assert searched(client, address, word) == unwritten, (address, word)


def searched(client: Client, address: str, word: str) -> str:
    """What a list answers, but for the word itself and the time."""
    return MOMENT.sub("", get(client, f"{address}?q={word}")[0].words).replace(word, "")


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
