"""A call from its first word to its announcement, as staff do it in pages."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, Person
from programmes.actions.call_parts import add_supporter
from programmes.models import Call, Phase, QuestionKind
from tests import builders
from tests.programmes.selection.preparing import address, html, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.PREPARATION)


@pytest.fixture
def staff(client: Client, call: Call) -> Person:
    person = builders.staff(call.cohort.programme, name="Stella Staff")
    client.force_login(person)
    return person


def test_a_call_from_nothing_to_its_announcement(client: Client) -> None:
    cohort = builders.cohort()
    client.force_login(builders.staff(cohort.programme))
    where = {"slug": cohort.programme.slug, "number": cohort.number}
    page = html(client.get(reverse("programmes:cohort", kwargs=where)))
    assert "Prepare a call for this cohort" in page
    client.post(
        reverse("programmes:call_create", kwargs=where),
        {
            "title": "The second call",
            "opens_at": "1 June 2026 9:00",
            "closes_at": "30 June 2030, 17:00",
            "time_zone": "europe/london",
            "places_offered": "25",
        },
    )
    call = Call.objects.get()
    assert call.opens_at == datetime(2026, 6, 1, 8, tzinfo=UTC)
    manage = address("call_manage", call)
    page = html(client.get(manage))
    for missing in (
        "Write what the call is for",
        "at least one question",
        "at least one criterion",
    ):
        assert missing in page
    assert "1 June 2026, 09:00 (London time)" in page
    assert "Announce the call" not in page

    client.post(
        address("call_words", call),
        {"text": "Apply *together*.", "offered": "An enabler.", "funding_asked": "£10,000"},
    )
    client.post(
        address("question_create", call, kind="text"),
        {"wording": "What is the issue?", "is_required": "on", "word_limit": "400"},
    )
    lens = cohort.programme.frame.lens
    dimension = cohort.programme.frame.dimensions.order_by("position")[0]
    assert lens.name in html(client.get(address("criteria_lenses", call)))
    client.post(address("criteria_create", call, lens=lens.slug), {"dimensions": dimension.pk})
    page = html(client.get(manage))
    assert "Say what a 1, a 3 and a 5 look like" in page
    criterion = call.versions.get().criteria.get()
    anchors = {f"looks_like_{value}": f"Like {value}" for value in (1, 3, 5)}
    client.post(address("criterion_edit", call, key=criterion.key), {"weight": "2", **anchors})
    client.post(
        address("supporter_create", call),
        {"who": "Senior sponsor", "asked": "That you support it", "amount": "10,000"},
    )
    page = html(client.get(manage))
    for shown in ("<em>together</em>", "£10,000", "Weight: 2", "Like 3", "400 words at most"):
        assert shown in page
    assert "What is the issue?" in html(client.get(address("call_preview", call)))
    assert Client().get(call.get_absolute_url()).status_code == 404

    client.post(address("call_phase_change", call, to="applications"))
    call.refresh_from_db()
    assert call.phase == Phase.APPLICATIONS
    assert "What is the issue?" in html(Client().get(call.get_absolute_url()))
    assert "Add a question" not in html(client.get(manage))
    assert client.get(address("call_words", call)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"opens_at": "soon"}, "Opens must be a date and time"),
        ({"opens_at": "1 May 0001 12:00"}, "Opens must be a date and time"),
        ({"opens_at": "29 March 2026 1:30"}, "The clocks change at that time in Europe/London"),
        ({"time_zone": "Mars/Olympus"}, "Enter the name of a time zone, like Europe/London"),
        ({"time_zone": "../etc/passwd"}, "Enter the name of a time zone, like Europe/London"),
        ({"places_offered": "0"}, "must be 1 or more"),
        ({"closes_at": "1 May 2025 12:00"}, "Put the closing time after the opening"),
        ({"title": ""}, "Enter the title of the call"),
    ],
)
def test_what_is_wrong_with_its_times_is_said(
    client: Client, staff: Person, call: Call, typed: dict[str, str], told: str
) -> None:
    good = {
        "title": "The call",
        "opens_at": "1 June 2026 12:00",
        "closes_at": "1 July 2026 12:00",
        "time_zone": "Europe/London",
        "places_offered": "2",
    }
    page = html(send(client, address("call_edit", call), **(good | typed)))
    assert told in page


def test_times_are_shown_as_the_clocks_of_the_call_show_them(
    client: Client, staff: Person, call: Call
) -> None:
    where = address("call_edit", call)
    typed = {
        "title": "The call",
        "opens_at": "1 June 2026 12:00",
        "closes_at": "1 July 2026 12:00",
        "time_zone": "Asia/Tokyo",
        "places_offered": "2",
    }
    send(client, where, **typed)
    call.refresh_from_db()
    assert call.opens_at == datetime(2026, 6, 1, 3, tzinfo=UTC)
    assert "1 June 2026 12:00" in html(client.get(where))
    assert "12:00 (Tokyo time)" in html(client.get(address("call_manage", call)))


def test_two_staff_at_once_lose_nothing(client: Client, staff: Person, call: Call) -> None:
    where = address("call_edit", call)
    before = client.get(where).context["form"]
    seen = {"seen": before["seen"].value()}
    shown = {name: before[name].value() for name in before.fields if name != "seen"}
    shown |= {name: shown[name].strftime("%d %B %Y %H:%M") for name in ("opens_at", "closes_at")}
    later = shown | {"closes_at": "1 July 2031 12:00"}
    assert client.post(where, seen | later).status_code == 302
    page = html(client.post(where, seen | shown | {"title": "Another title"}))
    assert "Stella Staff changed this while you were editing: Closes" in page
    assert "1 July 2031 12:00" in page
    assert "Another title" in page
    call.refresh_from_db()
    assert call.title == "The call"


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_of_each_kind(
    client: Client, staff: Person, call: Call, kind: QuestionKind
) -> None:
    typed = {
        "wording": "What do you say?",
        "hint": "Be brief",
        "is_required": "on",
        "word_limit": "40",
        "minimum": "1",
        "maximum": "£2,500.50",
        "choices": " This one \r\n\r\nThat one",
        "must_be_yes": "on",
    }
    if kind == QuestionKind.NUMBER:
        typed["maximum"] = "2500.5"
    client.post(address("question_create", call, kind=kind), typed)
    question = call.versions.get().questions.get(key="what-do-you-say")
    assert (question.kind, question.wording, question.is_required) == (kind, typed["wording"], True)
    expected: dict[QuestionKind, dict[str, object]] = {
        QuestionKind.TEXT: {"word_limit": 40},
        QuestionKind.NUMBER: {"minimum": 1, "maximum": Decimal("2500.5")},
        QuestionKind.MONEY: {"minimum": 1, "maximum": Decimal("2500.5")},
        QuestionKind.CHOICE: {"choices": ["This one", "That one"]},
        QuestionKind.DECLARATION: {"must_be_yes": True},
    }
    for field, value in expected.get(kind, {}).items():
        assert getattr(question, field) == value
    edit = address("question_edit", call, key=question.key)
    assert send(client, edit, **(typed | {"hint": "Be long"})).status_code == 302
    question.refresh_from_db()
    assert question.hint == "Be long"


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("text", {"wording": ""}, "Enter the question"),
        ("text", {"word_limit": "0"}, "Most words must be 1 or more"),
        ("number", {"minimum": "5", "maximum": "4"}, "Enter the same as the least, or more"),
        ("money", {"maximum": "1,50"}, "Most must be a number"),
        ("choice", {"choices": "Only one"}, "Enter two or more"),
        ("choice", {"choices": "One\nOne"}, "Enter each of them once"),
        ("choice", {"choices": "\n".join(map(str, range(51)))}, "Enter 50 or fewer"),
        ("choice", {"choices": f"a\n{'b' * 201}"}, "Enter 200 characters or fewer on each line"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(
    client: Client, staff: Person, call: Call, kind: str, typed: dict[str, str], told: str
) -> None:
    page = html(
        client.post(address("question_create", call, kind=kind), {"wording": "What?", **typed})
    )
    assert told in page
    assert call.versions.get().questions.count() == 1


def test_a_kind_that_is_none_has_no_page(client: Client, staff: Person, call: Call) -> None:
    assert client.get(address("question_create", call, kind="essay")).status_code == 404


def test_parts_are_moved_and_removed(client: Client, staff: Person, call: Call) -> None:
    draft = call.versions.get()
    for key in ("second", "third"):
        builders.question(draft, key)
    client.post(address("question_move", call, key="third", way="up"))
    client.post(address("question_move", call, key="q1", way="up"))  # it is the first already
    assert keys(draft.questions) == ["q1", "third", "second"]
    page = html(client.get(address("question_remove", call, key="q1")))
    assert "Remove the question “Question 1?”?" in page
    client.post(address("question_remove", call, key="q1"))
    assert keys(draft.questions) == ["third", "second"]
    assert list(draft.questions.values_list("position", flat=True)) == [1, 2]
    assert client.post(address("question_remove", call, key="q1")).status_code == 404
    told = AuditEvent.objects.filter(subject_kind="programmes.question").values_list(
        "kind", flat=True
    )
    assert set(told) == {"call.question_changed", "call.question_removed"}


def keys(rows: Any) -> list[str]:
    return list(rows.order_by("position").values_list("key", flat=True))


def test_a_dimension_becomes_a_criterion_once(client: Client, staff: Person, call: Call) -> None:
    frame = call.cohort.programme.frame
    where = address("criteria_create", call, lens=frame.lens.slug)
    page = html(client.get(where))
    assert "Ends" in page
    assert "Beginnings" not in page  # it is one already
    assert "Select one or more dimensions" in html(client.post(where))
    second = frame.dimensions.get(name="Ends")
    client.post(where, {"dimensions": second.pk})
    assert keys(call.versions.get().criteria) == ["c1", "ends"]
    assert "All its dimensions are criteria already" in html(client.get(where))


def test_a_draft_of_a_lens_is_not_chosen_from(client: Client, staff: Person, call: Call) -> None:
    drafted = builders.lens_version("Not yet", published=False).lens
    assert drafted.name not in html(client.get(address("criteria_lenses", call)))
    where = address("criteria_create", call, lens=drafted.slug)
    assert client.get(where).status_code == 404


def test_a_supporter_is_changed_and_removed(client: Client, staff: Person, call: Call) -> None:
    draft = call.versions.get()
    add_supporter(version=draft, by=staff, who="Board", asked="Money", amount=None)
    edit = address("supporter_edit", call, key="board")
    assert "Say who must confirm" in html(send(client, edit, who="", asked="Money"))
    assert "must be a number" in html(send(client, edit, who="Board", asked="Money", amount="some"))
    send(client, edit, who="The Board", asked="Money", amount="£10,000")
    assert draft.supporters.get().amount == 10_000
    assert "10,000" in html(client.get(edit))
    client.post(address("supporter_move", call, key="board", way="down"))
    client.post(address("supporter_remove", call, key="board"))
    assert not draft.supporters.exists()


def test_the_page_takes_as_many_queries_for_many_questions(
    client: Client, staff: Person, call: Call
) -> None:
    where = address("call_manage", call)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            html(client.get(where))
        return len(captured)

    html(client.get(where))
    few = count()
    for _ in range(10):
        builders.question(call.versions.get())
    assert count() == few


def test_others_are_told_nothing_of_a_call_in_preparation(client: Client, call: Call) -> None:
    client.force_login(builders.evaluator(call.cohort.programme))
    cohort = reverse("programmes:cohort", args=[call.cohort.programme.slug, call.cohort.number])
    assert call.title not in html(client.get(cohort))
    Call.objects.update(phase=Phase.APPLICATIONS)
    assert call.title in html(client.get(cohort))
