"""What a recused person is shown does not change by one byte when the application comes into being.

Whatever could be worked out from a total, a rank, a count or an interval would show as a difference.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from documents.actions.jobs import run_job
from programmes.actions.lots import draw_lot
from programmes.actions.minutes import request_minutes
from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Decision,
    DecisionOutcome,
    PanelMember,
    Standing,
)
from programmes.queries.board import board_for
from tests import builders
from tests.documents.accessible import text
from tests.programmes.selection.scoring import submit

pytestmark = pytest.mark.django_db

UNMISTAKABLE = "Zzyzx-on-Sea"


READERS = ["member", "member who is staff", "staff who left the panel"]


@pytest.fixture
def call() -> Call:
    programme = builders.programme()
    call = rehearse_selection(
        programme=programme,
        by=builders.staff(programme),
        size=Size(applications=9, criteria=2, members=4),
    )
    call.phases.update(scores_of_others="always")
    return call


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


@pytest.fixture(params=READERS)
def recused(request: pytest.FixtureRequest, call: Call) -> PanelMember:
    """Somebody who is recused from one application already, and clear of the others."""
    someone = builders.person("Rae Recused")
    builders.grant(someone, Role.PANEL_MEMBER, call.cohort.programme)
    if request.param != "member":
        builders.grant(someone, Role.STAFF, call.cohort.programme)
    member = builders.panel_member(call, someone)
    for n, application in enumerate(call.applications.order_by("number")):
        builders.interest(member, application, Standing.CLEAR if n else Standing.RECUSED)
        if n:
            submit(member, application, 1 + n % 5, 5 - n % 5)
    if request.param == "staff who left the panel":
        member.removed_at, member.removed_by = member.added_at, builders.person()
        member.save()
    return member


def plant(call: Call, recused: PanelMember, standing: Standing, staff: Person) -> Application:
    """An application with extreme scores of all others, a lot, and a decision."""
    planted = builders.application(call, UNMISTAKABLE, ApplicationState.ELIGIBLE)
    builders.interest(recused, planted, standing)
    band = [line.application for line in board_for(staff, call).band]  # with no scores, it is there
    lot = draw_lot(call=call, between=band, reason=f"{UNMISTAKABLE} is tied.", by=staff)
    for n, member in enumerate(call.members.exclude(pk=recused.pk)):
        builders.interest(member, planted)
        submit(member, planted, *((5, 5) if n else (1, 4)))
    Decision.objects.create(
        application=planted,
        outcome=DecisionOutcome.SELECT,
        reason=f"{UNMISTAKABLE} is best.",
        lot=lot,
        prepared_by=staff,
        prepared_by_name=str(staff),
    )
    return planted


def seen(person: Person, call: Call, query: str = "") -> str:
    where = {"slug": call.cohort.programme.slug, "number": call.cohort.number}
    return got(person, reverse("programmes:board", kwargs=where) + query)


def got(person: Person, address: str) -> str:
    client = Client()
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode("utf-8-sig")
    # Django masks this token anew in every response.
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


SHOWN: dict[str, Callable[[Person, Call], str]] = {
    "page": seen,
    "by name": lambda person, call: seen(person, call, "?sort=name"),
    "by spread": lambda person, call: seen(person, call, "?sort=-spread"),
    "file": lambda person, call: seen(person, call, "?download=csv"),
}


@pytest.mark.parametrize("standing", [Standing.RECUSED, Standing.TO_SETTLE])
def test_nothing_changes_for_whoever_is_recused(
    call: Call, recused: PanelMember, standing: Standing, staff: Person
) -> None:
    before = {name: show(recused.person, call) for name, show in SHOWN.items()}
    plant(call, recused, standing, staff)
    after = {name: show(recused.person, call) for name, show in SHOWN.items()}
    assert [name for name in SHOWN if before[name] != after[name]] == []
    assert "<svg" in after["page"]
    assert UNMISTAKABLE in seen(staff, call)  # it was planted


@pytest.mark.parametrize("recused", READERS[1:], indirect=True)
def test_nor_in_the_audit_trail(call: Call, recused: PanelMember, staff: Person) -> None:
    address = reverse("programmes:audit", kwargs={"slug": call.cohort.programme.slug})
    before = got(recused.person, address)
    plant(call, recused, Standing.RECUSED, staff)
    assert got(recused.person, address) == before
    assert UNMISTAKABLE in got(staff, address)


@pytest.mark.parametrize("recused", READERS[:1], indirect=True)
def test_nor_in_the_minutes(call: Call, recused: PanelMember, staff: Person) -> None:
    before = minutes_of(recused.person, call)
    plant(call, recused, Standing.RECUSED, staff)
    assert minutes_of(recused.person, call) == before
    assert UNMISTAKABLE in text(minutes_of(staff, call))


def minutes_of(person: Person, call: Call) -> bytes:
    """The PDF, made for this person now."""
    job = request_minutes(call=call, by=person)
    run_job(job.pk)
    client = Client()
    client.force_login(person)
    return client.get(reverse("documents:job_file", kwargs={"pk": job.pk})).getvalue()  # type: ignore[no-any-return]
