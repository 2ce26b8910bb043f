"""The list of a call's applications, and the page of one, as staff see them."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import OutgoingMail, Person
from places.models import Place
from programmes.actions.call_versions import draft_of, publish
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Extension,
    Phase,
    Standing,
    Submission,
    Support,
    Supporter,
)
from tests import builders

pytestmark = pytest.mark.django_db

STATE = ApplicationState


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.ELIGIBILITY)


@pytest.fixture
def staff(client: Client, call: Call) -> Person:
    person = builders.staff(call.cohort.programme, name="Stella Staff")
    client.force_login(person)
    return person


def address(name: str, application: Application, **more: object) -> str:
    return reverse(f"programmes:{name}", kwargs={"pk": application.pk, **more})


def listed(call: Call) -> str:
    cohort = call.cohort
    return reverse("programmes:call_applications", args=[cohort.programme.slug, cohort.number])


def html(response: Any) -> str:
    assert response.status_code == 200
    text: str = response.getvalue().decode()
    return text


def support(application: Application, key: str, **fields: Any) -> Support:
    fields.setdefault("name", "Sam Sponsor")
    fields.setdefault("expires_at", timezone.now() + timedelta(days=30))
    return Support.objects.create(
        application=application,
        key=key,
        email="sam@example.org",
        token_sha256=f"{application.pk}-{key}",
        **fields,
    )


def test_the_list_is_searched_filtered_and_exported(
    client: Client, staff: Person, call: Call
) -> None:
    wakefield = builders.application(call, "Wakefield", STATE.SUBMITTED)
    builders.application(call, "=Dudley", STATE.STARTED)
    page = html(client.get(listed(call)))
    for shown in ("2 applications", "Wakefield", "A2", "Submitted (London time)"):
        assert shown in page
    assert "1 application" in html(client.get(listed(call), {"q": "wake"}))
    assert "Dudley" in html(client.get(listed(call), {"q": "a2"}))
    assert "Wakefield" not in html(client.get(listed(call), {"state": "started"}))
    wakefield.place = builders.place("Wakefield District")
    wakefield.save()
    assert "Dudley" not in html(client.get(listed(call), {"settled": "yes"}))
    text = html(client.get(listed(call), {"download": "csv", "sort": "-place"}))
    assert text.index("A1") < text.index("A2")
    assert ",'=Dudley," in text
    book = load_workbook(io.BytesIO(client.get(listed(call), {"download": "xlsx"}).getvalue()))
    assert [cell.value for cell in book.worksheets[0]["B"]] == ["Place", "Wakefield", "'=Dudley"]


def test_times_in_the_list_are_those_of_the_call(client: Client, staff: Person, call: Call) -> None:
    Call.objects.update(time_zone="Asia/Tokyo")
    application = builders.application(call, state=STATE.SUBMITTED)
    there = application.submissions.get().submitted_at.astimezone(Call.objects.get().zone)
    page = html(client.get(listed(call)))
    assert "Submitted (Tokyo time)" in page
    assert there.strftime("%H:%M") in page


@pytest.mark.parametrize("page_of", ["list", "record", "hints", "history", "home"])
def test_pages_take_as_many_queries_for_many(
    client: Client, staff: Person, call: Call, page_of: str
) -> None:
    def add() -> Application:
        application = builders.application(call, state=STATE.SUBMITTED)
        support(application, "sponsor", answered_at=timezone.now(), is_confirmed=True)
        return application

    application = add()
    where = {
        "list": listed(call),
        "record": address("application_record", application),
        "hints": address("application_hints", application),
        "history": address("application_history", application),
        "home": reverse("programmes:home_waiting"),
    }[page_of]

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            html(client.get(where))
        return len(captured)

    count()
    few = count()
    for _ in range(30):
        add()
    assert count() == few


def test_what_a_recused_colleague_sees_is_as_if_it_were_not_there(
    client: Client, staff: Person, call: Call
) -> None:
    builders.application(call, "Dudley", STATE.SUBMITTED)
    where = [
        listed(call),
        f"{listed(call)}?q=a2",
        f"{listed(call)}?download=csv",
        reverse("programmes:home_waiting"),
    ]
    home = reverse("home")
    before = [html(client.get(address)) for address in [*where, home]]
    planted = builders.application(call, "Quixwold", STATE.SUBMITTED)
    assert [html(client.get(address)) for address in where] != before[:4]
    builders.interest(builders.panel_member(call, staff), planted, Standing.RECUSED)
    after = [html(client.get(address)) for address in [*where, home]]
    assert [without_token(page) for page in after] == [without_token(page) for page in before]
    for name in ("application_record", "application_hints", "application_history"):
        assert client.get(address(name, planted)).status_code == 404


def without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_another_application_of_the_place_is_told_only_to_those_who_may_see_it(
    client: Client, staff: Person, call: Call
) -> None:
    one = builders.application(call, "King's Lynn", STATE.SUBMITTED)
    other = builders.application(call, "kings lynn", STATE.SUBMITTED)
    Application.objects.update(place=builders.place())
    told = "A2 kings lynn is from the same place."
    assert told in html(client.get(address("application_hints", one)))
    builders.interest(builders.panel_member(call, staff), other, Standing.TO_SETTLE)
    assert told not in html(client.get(address("application_hints", one)))


def asking_for_all(call: Call) -> None:
    """A version of the call with something of each that can go wrong."""
    Call.objects.update(phase=Phase.APPLICATIONS)
    call.refresh_from_db()
    draft = draft_of(call)
    builders.question(draft, "short", wording="In brief?", word_limit=2)
    builders.question(draft, "agree", wording="Agreed?", kind="declaration", must_be_yes=True)
    builders.question(draft, "money", wording="How much?", kind="money", maximum=Decimal(100))
    builders.question(draft, "extra", wording="Anything else?", is_required=False)
    for number, key in enumerate(("sponsor", "board", "mayor", "bank"), start=1):
        Supporter.objects.create(
            version=draft, key=key, who=key.capitalize(), asked="x", amount=10_000, position=number
        )
    draft.funding_asked = Decimal(20_000)
    draft.save()
    publish(draft, by=builders.person())


def test_what_placework_notices(client: Client, staff: Person, call: Call) -> None:
    asking_for_all(call)
    application = builders.application(call)
    builders.submission(application, short="One two three", agree=False, money="250.00")
    Application.objects.update(state=STATE.SUBMITTED)
    support(application, "board", name="Ann Board")
    now = timezone.now()
    support(application, "mayor", name="Max Mayor", answered_at=now, is_confirmed=False)
    support(
        application,
        "bank",
        name="Bo Bank",
        answered_at=now,
        is_confirmed=True,
        amount=Decimal(5_000),
    )
    Call.objects.update(closes_at=now - timedelta(days=2), phase=Phase.ELIGIBILITY)
    page = html(client.get(address("application_hints", application)))
    for noticed in (
        "“Question 1?” is not answered.",
        "“Agreed?” is answered “No”, and only “yes” is eligible.",
        "“In brief?”: Shorten your answer to 2 words or fewer. It has 3.",
        "“How much?”: It must be £100 or less.",
        "Sponsor: nobody has been asked to confirm their support.",
        "Board: Ann Board has not answered yet.",
        "Mayor: Max Mayor does not support it.",
        "Bank: Bo Bank confirms £5,000, not the £10,000 that the call asks for.",
        "Supporters have confirmed £5,000 of the £20,000 that is asked of each place.",
        "after the call had closed",
    ):
        assert noticed in page, noticed
    assert "“Anything else?”" not in page


def test_nothing_is_noticed_where_all_is_well(client: Client, staff: Person, call: Call) -> None:
    Call.objects.update(closes_at=timezone.now() + timedelta(days=1))
    application = builders.application(call, state=STATE.SUBMITTED)
    page = html(client.get(address("application_hints", application)))
    assert "Nothing: it is complete, in time and within the limits." in page
    assert "We meet on Mondays." in html(client.get(address("application_record", application)))


def test_one_that_is_late_within_its_extension_is_told_so(
    client: Client, staff: Person, call: Call
) -> None:
    application = builders.application(call, state=STATE.SUBMITTED)
    Extension.objects.create(
        application=application,
        until=timezone.now() + timedelta(hours=1),
        reason="Flood",
        granted_by=staff,
        granted_by_name=str(staff),
    )
    page = html(client.get(address("application_hints", application)))
    assert "within the extension until" in page
    history = html(client.get(address("application_history", application)))
    for shown in ("Flood", "granted by Stella Staff", "started by", "Submission 1"):
        assert shown in history


def test_what_is_not_submitted_is_not_read(client: Client, staff: Person, call: Call) -> None:
    application = builders.application(call)
    builders.Answer.objects.create(application=application, key="q1", number=1, value="Half a word")
    page = html(client.get(address("application_record", application)))
    assert "Half a word" not in page
    assert "Nothing has been submitted yet" in page


def test_an_earlier_submission_stays_to_be_read(client: Client, staff: Person, call: Call) -> None:
    application = builders.application(call, state=STATE.SUBMITTED)
    first = application.submissions.get()
    Submission.objects.create(
        application=application,
        number=2,
        version=first.version,
        answers={"q1": "On Tuesdays."},
        sha256="0" * 64,
        submitted_by_name="Ann",
    )
    assert "On Tuesdays." in html(client.get(address("application_record", application)))
    earlier = address("application_submission", application, number=1)
    assert "We meet on Mondays." in html(client.get(earlier))
    later = address("application_submission", application, number=3)
    assert client.get(later).status_code == 404


def test_eligibility_is_decided_and_checked_again(
    client: Client, staff: Person, call: Call
) -> None:
    application = builders.application(call, state=STATE.SUBMITTED)
    where = address("application_eligibility", application)
    page = html(client.post(where))
    for told in ("Select whether it is eligible", "Say why"):
        assert told in page
    answer = client.post(where, {"is_eligible": "yes", "reason": "Complete."}, follow=True)
    assert "is eligible" in html(answer)
    assert "Check eligibility again" in html(answer)
    again = address("application_recheck", application)
    assert client.post(again, {"reason": "A mistake."}).status_code == 302
    client.post(where, {"is_eligible": "no", "reason": "Wales."})
    application.refresh_from_db()
    assert application.state == STATE.NOT_ELIGIBLE


def test_who_is_slower_keeps_what_they_typed(client: Client, staff: Person, call: Call) -> None:
    application = builders.application(call, state=STATE.ELIGIBLE)
    where = address("application_eligibility", application)
    page = html(client.post(where, {"is_eligible": "no", "reason": "A long reason."}))
    assert "An application that is eligible cannot become not eligible in one step." in page
    assert "A long reason." in page
    assert "cannot be done" in html(client.get(where, follow=True))


def test_a_correction_by_a_date_on_the_clocks_of_the_call(
    client: Client, staff: Person, call: Call
) -> None:
    Call.objects.update(time_zone="Asia/Tokyo")
    application = builders.application(call, state=STATE.SUBMITTED)
    where = address("application_correction", application)
    assert "12:00, in Tokyo time" in html(client.get(where))
    page = html(client.post(where, {"asked": "The sectors.", "due_at": "tomorrow"}))
    assert "By when must be a date and time" in page
    assert "The sectors." in page
    client.post(where, {"asked": "The sectors.", "due_at": "1 June 2030 12:00"})
    correction = application.corrections.get()
    assert correction.due_at.isoformat() == "2030-06-01T03:00:00+00:00"
    assert "1 June 2030, 12:00 (Tokyo time)" in OutgoingMail.objects.get().text
    close = address("application_correction_close", application)
    client.post(close, {"reason": "No need."})
    application.refresh_from_db()
    assert application.state == STATE.SUBMITTED


def test_an_extension_and_a_withdrawal(client: Client, staff: Person, call: Call) -> None:
    application = builders.application(call)
    where = address("application_extension", application)
    told = html(client.post(where, {"until": "29 March 2026 1:30", "reason": "Flood"}))
    assert "The clocks change at that time" in told
    told = html(client.post(where, {"until": "1 March 2020 1:30", "reason": "Flood"}))
    assert "Enter a time in the future" in told
    client.post(where, {"until": "1 June 2030 12:00", "reason": "Flood"})
    assert application.extensions.get().reason == "Flood"
    client.post(address("application_withdrawal", application), {"reason": "By telephone."})
    application.refresh_from_db()
    assert application.state == STATE.WITHDRAWN


def test_its_place_is_settled(client: Client, staff: Person, call: Call) -> None:
    application = builders.application(call, "Dudley")
    where = address("application_place", application)
    assert "Add Dudley to the register" in html(client.get(where))
    client.post(where, {"add": "yes"})
    application.refresh_from_db()
    assert application.place == Place.objects.get(name="Dudley")
    page = html(client.get(where))
    assert "Add Dudley to the register" not in page
    told = client.post(where, {"add": "yes"}, follow=True)
    assert "different name" in html(told)
    client.post(where, {"place": ""})
    application.refresh_from_db()
    assert application.place is None
    assert "selected>Dudley" in html(client.get(where))  # the one of that name is proposed


def test_staff_find_the_record_from_the_page_of_all(
    client: Client, staff: Person, call: Call
) -> None:
    application = builders.application(call, state=STATE.SUBMITTED)
    record = address("application_record", application)
    assert record in html(client.get(application.get_absolute_url()))
    assert "1 application waits" in html(client.get(reverse("programmes:home_waiting")))


def test_the_home_of_staff_says_what_waits_in_each_call(
    client: Client, staff: Person, call: Call
) -> None:
    application = builders.application(call, state=STATE.ELIGIBLE)
    member = builders.panel_member(call)
    builders.interest(member, application, Standing.TO_SETTLE)
    elsewhere = builders.call(title="Elsewhere")
    home = reverse("programmes:home_waiting")
    page = html(client.get(home))
    assert "1 conflict of interest to settle" in page
    assert "answer on eligibility" not in page
    assert elsewhere.title not in page
    board = reverse("programmes:board", args=[call.cohort.programme.slug, call.cohort.number])
    assert board not in page
    Call.objects.filter(pk=call.pk).update(phase=Phase.MEETING)
    assert board in html(client.get(home))
    builders.interest(builders.panel_member(call, staff), application, Standing.RECUSED)
    assert "to settle" not in html(client.get(home))
    Call.objects.filter(pk=call.pk).update(phase=Phase.RELEASED)
    assert "None." in html(client.get(home))


def test_one_application_leads_to_the_next_to_check(
    client: Client, staff: Person, call: Call
) -> None:
    first = builders.application(call, "Ashford", STATE.SUBMITTED)
    builders.application(call, "Birchley", STATE.ELIGIBLE)
    recused = builders.application(call, "Clayton", STATE.SUBMITTED)
    last = builders.application(call, "Dale", STATE.SUBMITTED)
    builders.interest(builders.panel_member(call, staff), recused, Standing.RECUSED)
    assert "Next to check: A4 Dale" in html(client.get(address("application_record", first)))
    assert "Next to check: A1 Ashford" in html(client.get(address("application_record", last)))
    Application.objects.filter(pk=last.pk).update(state=STATE.ELIGIBLE)
    assert "Next to check" not in html(client.get(address("application_record", first)))
