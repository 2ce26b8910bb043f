"""The minutes of a panel meeting: what they say, and for whom."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from documents.actions.jobs import run_job
from documents.models import Job
from programmes.actions.lots import draw_lot
from programmes.actions.minutes import request_minutes
from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.manuscripts.minutes import minutes
from programmes.models import Application, Call, Decision, Interest, PanelMember, Standing
from programmes.queries.board import board_for
from tests import builders
from tests.documents.accessible import faults_of, headings, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    programme = builders.programme()
    size = Size(applications=6, criteria=2, members=3)
    call = rehearse_selection(programme=programme, by=builders.staff(programme), size=size)
    call.phases.update(scores_of_others="always")
    Interest.objects.filter(standing=Standing.RECUSED).update(standing=Standing.CLEAR)
    return call


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


def recuse(member: PanelMember, application: Application) -> None:
    rows = Interest.objects.filter(member=member, application=application)
    rows.delete()
    builders.interest(member, application, Standing.RECUSED)


def made(call: Call, by: Person) -> Job:
    job = request_minutes(call=call, by=by)
    run_job(job.pk)
    job.refresh_from_db()
    return job


def downloaded(person: Person, job: Job) -> bytes | None:
    client = Client()
    client.force_login(person)
    response = client.get(reverse("documents:job_file", kwargs={"pk": job.pk}))
    return response.getvalue() if response.status_code == 200 else None


def test_they_say_who_was_recused_how_ranks_were_made_and_what_was_decided(
    call: Call, staff: Person
) -> None:
    first, second = call.applications.order_by("number")[:2]
    member = call.members.earliest("pk")
    recuse(member, second)
    lot = draw_lot(call=call, between=[first, second], reason="A tie.", by=staff, seed="4 2 6")
    Decision.objects.create(
        application=first,
        outcome="select",
        reason="The stronger partners.",
        lot=lot,
        prepared_by=staff,
        prepared_by_name=str(staff),
    )
    job = made(call, staff)
    assert job.result_name == f"minutes-{call.cohort.programme.slug}-cohort-1.pdf"
    content = downloaded(staff, job)
    assert content
    assert faults_of(content) == []
    assert [each for level, each in headings(content) if level == 2][-4:] == [
        "The panel",
        "Ranking",
        "Scores by criterion",
        "Decisions",
    ]
    words = " ".join(text(content).split())
    for said in (
        f"{member} {second}",
        "with the seed 2013",
        "The stronger partners. By lot 1.",
        "4 2 6",
    ):
        assert said in words


def test_the_same_board_gives_the_same_bytes(call: Call, staff: Person) -> None:
    assert downloaded(staff, made(call, staff)) == downloaded(staff, made(call, staff))


def test_without_recusals_decisions_or_lots_they_say_so(call: Call, staff: Person) -> None:
    manuscript = minutes(board_for(staff, call), [], on=date(2026, 11, 20))
    said = [
        block.markdown
        for part in manuscript.parts
        for block in part.blocks
        if hasattr(block, "markdown")
    ]
    assert "No member was recused." in said
    assert "No decision was prepared yet." in said


def test_minutes_of_the_whole_are_for_everyone_who_is_not_recused(
    call: Call, staff: Person
) -> None:
    job = made(call, staff)
    ada, bruno = call.members.order_by("pk")[:2]
    assert downloaded(ada.person, job)
    assert downloaded(builders.staff(builders.programme()), job) is None
    recuse(ada, call.applications.earliest("number"))
    assert downloaded(ada.person, job) is None
    assert downloaded(bruno.person, job)


def test_whoever_is_recused_has_minutes_of_their_own(call: Call, staff: Person) -> None:
    ada, bruno = call.members.order_by("pk")[:2]
    first, second = call.applications.order_by("number")[:2]
    recuse(ada, first)
    recuse(bruno, second)
    job = made(call, ada.person)
    content = downloaded(ada.person, job)
    assert content
    words = " ".join(text(content).split())
    assert "recused from at least one application" in words
    assert str(first) not in words
    assert f"{bruno} {second}" in words
    assert "The line" not in words.replace("The line and", "")
    for other in (bruno.person, staff):
        assert downloaded(other, job) is None
    recuse(ada, second)  # their own earlier file now holds what is closed to them
    assert downloaded(ada.person, job) is None


def test_what_is_closed_meanwhile_is_not_made(call: Call) -> None:
    ada = call.members.earliest("pk")
    job = request_minutes(call=call, by=ada.person)
    recuse(ada, call.applications.earliest("number"))
    run_job(job.pk)
    job.refresh_from_db()
    assert (
        job.error_for_people == "What you may see has changed meanwhile. Ask for the minutes again."
    )
    call.members.update(removed_at=ada.added_at, removed_by=builders.person())
    job = request_minutes(call=call, by=ada.person)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.error_for_people == "Whoever asked for this may no longer see the board."


def test_nobody_reads_others_scores_in_them_before_their_own_are_in(
    call: Call, staff: Person
) -> None:
    job = made(call, staff)
    newcomer = builders.panel_member(call, builders.person())
    for application in call.applications.all():
        builders.interest(newcomer, application)
    assert downloaded(newcomer.person, job)
    call.phases.update(scores_of_others="after_own")
    assert downloaded(newcomer.person, job) is None


def test_the_board_asks_for_them_and_lists_them(call: Call, staff: Person) -> None:
    client = Client()
    client.force_login(staff)
    where = {"slug": call.cohort.programme.slug, "number": call.cohort.number}
    answer = client.post(reverse("programmes:minutes", kwargs=where))
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("documents:job", kwargs={"pk": job.pk})
    run_job(job.pk)
    page = client.get(reverse("programmes:board", kwargs=where)).content.decode()
    assert "Minutes made earlier" in page
    assert reverse("documents:job_file", kwargs={"pk": job.pk}) in page
