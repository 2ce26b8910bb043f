"""A call that has been announced: its changes, its closing time, its phases and switches."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from programmes.actions.call_parts import add_question, move_part
from programmes.actions.call_versions import draft_of, publish_change
from programmes.models import Application, ApplicationState, Call, Phase, QuestionKind, Standing
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


def test_a_change_of_what_was_announced(client: Client, staff: Person) -> None:
    call = another_call()
    application = builders.application(call)
    manage = address("call_manage", call)
    assert "Draft a change" in html(client.get(manage))
    client.post(address("call_change_create", call))
    client.post(address("call_change_create", call))  # twice is once
    page = html(client.get(manage))
    assert "This is the draft of version 2" in page
    client.post(address("question_create", call, kind="money"), {"wording": "Your budget?"})
    assert "Your budget?" not in html(Client().get(call.get_absolute_url()))
    publish = address("call_change_publish", call)
    assert "Say what changes" in html(client.post(publish, {"change": " "}))
    client.post(publish, {"change": "We ask for a budget."})
    assert "Your budget?" in html(Client().get(call.get_absolute_url()))
    assert application.started_by
    mail = OutgoingMail.objects.get(to=application.started_by.email)
    assert "We ask for a budget." in mail.text
    page = html(client.get(manage))
    assert "Version 2, published" in page


def test_a_draft_of_a_change_is_thrown_away(client: Client, staff: Person) -> None:
    call = another_call()
    client.post(address("call_change_create", call))
    discard = address("call_change_discard", call)
    assert "Throw away the draft" in html(client.get(discard))
    client.post(discard)
    assert call.versions.count() == 1
    assert client.get(discard).status_code == 404


def another_call(phase: Phase = Phase.APPLICATIONS) -> Call:
    """In the programme of the first."""
    programme = Call.objects.get().cohort.programme
    return builders.call(phase=phase, cohort=builders.cohort(programme, 2))


def test_a_key_is_never_given_to_another_question(staff: Person) -> None:
    """Or an answer to the old question would stand below the new one."""
    call = builders.call()
    by = builders.staff(call.cohort.programme)
    draft = draft_of(call)
    draft.questions.get().delete()
    added = add_question(version=draft, kind=QuestionKind.TEXT, by=by, wording="Q1")
    assert added.key == "q1-2"


def test_the_closing_time_is_told_to_those_who_write(client: Client) -> None:
    call = builders.call()
    client.force_login(builders.staff(call.cohort.programme))
    writing, _ = (
        builders.application(call, state=state)
        for state in (ApplicationState.STARTED, ApplicationState.WITHDRAWN)
    )
    where = address("call_edit", call)
    shown = client.get(where).context["form"]
    opens = shown["opens_at"].value().strftime("%d %B %Y %H:%M")
    typed = {
        "title": call.title,
        "opens_at": opens,
        "closes_at": "1 July 2031 12:00",
        "time_zone": call.time_zone,
        "places_offered": "2",
    }
    moved = send(client, where, **(typed | {"opens_at": "1 May 2026 12:00"}))
    assert "its opening stays" in html(moved)
    assert send(client, where, **typed).status_code == 302
    mail = OutgoingMail.objects.get()
    assert writing.started_by
    assert mail.to == writing.started_by.email
    assert "1 July 2031, 12:00 (London time)" in mail.text


def test_phases_switches_and_history(client: Client, staff: Person, call: Call) -> None:
    call = advanced(call, Phase.CONFLICTS)
    page = html(client.get(address("call_phases", call)))
    assert "Open the applications to the panel" in page
    step = address("call_phase_change", call, to="scoring")
    assert "Add at least one member to the panel." in html(client.get(step))
    assert "Add at least one member to the panel." in html(client.post(step))
    back = address("call_phase_change", call, to="eligibility")
    assert "Enter the reason" in html(client.post(back))
    client.post(back, {"reason": "One came late."})
    page = html(client.get(address("call_phases", call)))
    assert "One came late." in page
    assert "by Stella Staff" in page
    assert client.get(address("call_phase_change", call, to="released")).status_code == 404

    where = address("call_switches", call, phase="scoring")
    send(client, where, members_read="on", scores_of_others="never")
    scoring = call.phases.get(phase=Phase.SCORING)
    assert (scoring.members_read, scoring.members_score) == (True, False)
    assert client.get(address("call_switches", call, phase="party")).status_code == 404


def advanced(call: Call, phase: Phase) -> Call:
    past = timezone.now() - timedelta(days=1)
    Call.objects.filter(pk=call.pk).update(phase=phase, closes_at=past)
    call.refresh_from_db()
    return call


def test_a_recused_colleague_is_not_told_how_the_others_stand(
    client: Client, staff: Person
) -> None:
    call = another_call(Phase.ELIGIBILITY)
    waiting = builders.application(call, state=ApplicationState.SUBMITTED)
    step = address("call_phase_change", call, to="conflicts")
    assert "1 application waits" in html(client.get(step))
    builders.interest(builders.panel_member(call, staff), waiting, Standing.RECUSED)
    said = html(client.get(step))
    Application.objects.update(state=ApplicationState.ELIGIBLE)
    assert "A colleague must take this step" in said
    assert without_token(html(client.get(step))) == without_token(said)


def without_token(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_nothing_is_prepared_once_the_call_is_closed(staff: Person) -> None:
    call = builders.call()
    draft = draft_of(call)
    Call.objects.update(phase=Phase.ELIGIBILITY)
    with pytest.raises(Exception, match="published or thrown away"):
        move_part(part=draft.questions.get(), by=staff, up=True)
    with pytest.raises(Exception, match="only be changed while"):
        publish_change(draft=draft, change="More.", by=builders.staff(call.cohort.programme))


@pytest.mark.parametrize(
    ("phase", "label"),
    [
        (Phase.APPLICATIONS, "Check eligibility"),
        (Phase.ELIGIBILITY, "Ask the panel for conflicts"),
        (Phase.MEETING, "Release the decisions"),
        (Phase.RELEASED, ""),
    ],
)
def test_the_page_of_a_call_leads_to_what_comes_next(
    client: Client, phase: Phase, label: str
) -> None:
    call = builders.call(phase=phase)
    client.force_login(builders.staff(call.cohort.programme))
    page = html(client.get(address("call_manage", call)))
    found = re.search(r'Next: <a class="govuk-link" href="([^"]+)">([^<]+)<', page)
    assert (found.group(2) if found else "") == label
    assert found is None or client.get(found.group(1)).status_code == 200


def test_staff_find_their_pages_from_the_public_one(client: Client) -> None:
    call = builders.call()
    manage = address("call_manage", call)
    assert manage not in html(Client().get(call.get_absolute_url()))
    client.force_login(builders.staff(call.cohort.programme))
    assert manage in html(client.get(call.get_absolute_url()))
