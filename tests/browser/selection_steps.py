"""What people do in a selection, step by step through the pages: see `test_selection_story.py`."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Browser, Locator, expect

from accounts.models import Person
from documents.actions.jobs import run_job
from documents.models import Job
from tests.browser.somebody import Somebody, link_for, mailed, somebody

TITLE = "Local Vision again"
DAY = "%-d %B %Y, %H:%M"
PARTNER = "Wakefield Housing"
READ = "I have read it: it can leave like this"

# --- Staff, until the call is open ---------------------------------------------------------------


def prepare_call(staff: Somebody, programme: str) -> None:
    """Local Vision's call, taken over as it is shipped."""
    staff.goes_home()
    staff.follow("Programmes")
    staff.follow(programme)
    staff.follow("Cohort 1")
    staff.follow("Prepare a call for this cohort")
    now = timezone.localtime()
    staff.fill("Title of the call", TITLE)
    staff.fill("Opens", (now - timedelta(hours=1)).strftime(DAY))
    staff.fill("Closes", (now + timedelta(days=30)).strftime(DAY))
    staff.fill("How many places can be chosen", "1")
    staff.page.get_by_label("The Local Vision call").check()
    staff.press("Add the call")
    staff.check()


def open_call(staff: Somebody) -> None:
    staff.follow("Preview as an applicant")
    staff.heading(TITLE)
    staff.page.go_back()
    staff.page.get_by_role("button", name="Announce the call").click()
    staff.press("Announce the call")
    staff.is_told("The call is now in the phase")


# --- Places ---------------------------------------------------------------------------------------


def start(writer: Somebody, name: str, place: str) -> str:
    """By e-mail, from the public list of calls. Gives the address of the application."""
    email = f"{name.split()[0]}@{place}.example".lower()
    writer("programmes:calls")
    writer.follow(TITLE)
    writer.page.get_by_role("button", name="Start your application").click()
    writer.fill("E-mail address", email)
    writer.fill("Your full name", name)
    writer.fill("Place", place)
    writer.press("E-mail me a link")
    writer.heading("Look into your e-mail")
    writer.page.goto(link_for(email))
    writer.press("Start")
    type_code(writer, email)
    writer.heading(place)
    return writer.page.url


def type_code(writer: Somebody, email: str) -> None:
    writer.fill("Code", mailed(email, r"[A-Z]{4}-[A-Z]{4}"))
    writer.page.get_by_role("main").get_by_role("button").first.click()


def answer_all(writer: Somebody) -> None:
    """Every question in its turn, from the first."""
    writer.page.locator(".govuk-task-list__link").first.click()
    while "/questions/" in writer.page.url:
        before = writer.page.url
        answer(writer)
        writer.page.wait_for_url(lambda url, before=before: url != before)


def answer(writer: Somebody) -> None:
    """Whatever is asked on this page, in its simplest form."""
    main = writer.page.get_by_role("main")
    if main.get_by_label("Organisation").count():
        first = main.get_by_role("group", name="Partner 1")
        first.get_by_label("Organisation").fill(PARTNER)
        first.get_by_label("Sector").select_option("Housing")
    elif main.get_by_role("radio").count():
        main.get_by_role("radio").first.check()
    elif main.locator("input[type=file]").count():
        return writer.follow("Go on")
    elif main.locator("textarea").count():
        main.get_by_role("textbox").fill("We meet on Mondays.")
    else:
        main.get_by_role("textbox").fill("120")
    return writer.press("Save and go on")


def invite(writer: Somebody, name: str, email: str) -> None:
    """A colleague from another organisation, to write with them."""
    writer.follow("Colleagues who write with you")
    writer.fill("Full name", name)
    writer.fill("E-mail address", email)
    writer.press("Invite")
    writer.is_told("An invitation is on its way")


def accept(colleague: Somebody, email: str) -> None:
    colleague.page.goto(link_for(email))
    colleague.press("Accept")
    type_code(colleague, email)


def write_at_once(first: Somebody, second: Somebody, application: str) -> None:
    """Both open the same answer. The second is told, sees the difference, and makes one of the two."""
    for each in (first, second):
        each.page.goto(application)
        each.follow("Which issue do you want to work on?")
    first.field().fill("Cold homes.")
    expect(first.page.locator("[data-autosave-status]")).to_contain_text("Saved at")
    second.field().fill("Children who cannot breathe.")
    status = second.page.locator("[data-autosave-status]")
    expect(status).to_contain_text("saved this answer")
    second.follow("See the difference", exact=False)
    second.reads("theirs first, then yours")
    expect(second.field()).to_have_value("Cold homes.\n\nChildren who cannot breathe.")
    second.check()
    second.press("Save this answer")
    second.is_told("Your answer is saved")
    second.expected("409")


def find_sponsor(writer: Somebody, browser: Browser) -> None:
    """Asked on the application's page, and confirmed by a link in a mail, without an account."""
    writer.follow("Senior sponsor", exact=False)
    writer.fill("Full name", "Sue Sponsor")
    writer.fill("E-mail address", "sue@wakefield.example")
    writer.press("Ask for their support")
    writer.is_told("We have written to sue@wakefield.example")
    with somebody(browser, writer.server) as sponsor:
        sponsor.page.goto(link_for("sue@wakefield.example"))
        sponsor.reads("Cold homes.")
        sponsor.page.get_by_label("I confirm this").check()
        sponsor.press("Answer")
        sponsor.reads("Thank you.")


def submit(writer: Somebody, application: str) -> None:
    writer.page.goto(application)
    writer.press("Check and submit")
    writer.press("Submit the application")
    writer.is_told("Your application is submitted.")


def withdraw(writer: Somebody, application: str) -> None:
    writer.page.goto(application)
    writer.follow("Withdraw the application")
    writer.fill("Why", "The hospital has pulled out.")
    writer.page.get_by_label("Withdraw this application for good").check()
    writer.press("Withdraw")
    writer.is_told("Your application is withdrawn.")


# --- Staff, until the panel has the applications --------------------------------------------------


def to_call(staff: Somebody) -> None:
    staff.goes_home()
    staff.follow(TITLE)


def to_application(staff: Somebody, place: str) -> None:
    to_call(staff)
    staff.follow("Applications")
    staff.follow(place)


def give_more_time(staff: Somebody, place: str) -> None:
    to_application(staff, place)
    staff.follow("Grant more time")
    tomorrow = timezone.localtime() + timedelta(days=1)
    staff.fill("Until when", tomorrow.strftime(DAY))
    staff.press("Grant more time")
    staff.reads("Say why")
    staff.fill("Reason", "Their town hall was flooded.")
    staff.press("Grant more time")
    staff.is_told("Done.")


def change_phase(staff: Somebody, step: str) -> None:
    to_call(staff)
    staff.follow(step)
    staff.press(step)
    staff.is_told("The call is now in the phase")


def find_eligible(staff: Somebody, place: str) -> None:
    to_application(staff, place)
    staff.follow("Settle which place of the register it is")
    staff.press(f"Add {place} to the register")
    staff.is_told("was added to the register")
    staff.follow("Decide on eligibility")
    staff.page.get_by_label("Eligible", exact=True).check()
    staff.fill("Reason", "All partners have signed.")
    staff.press("Decide on eligibility")
    staff.is_told("is eligible")


def compose_panel(staff: Somebody, members: list[Person]) -> None:
    """The first of them chairs."""
    to_call(staff)
    staff.follow("Panel")
    for member in members:
        staff.page.get_by_role("button", name="Add a member").click()
        staff.page.get_by_label("Person").select_option(label=str(member))
        staff.fill("Organisation", "The Institute")
        if member == members[0]:
            staff.page.get_by_label("Chairs the panel").check()
        staff.press("Add")
        staff.is_told("sits on the panel now.")
    staff.check()


# --- The panel ------------------------------------------------------------------------------------


def declare(member: Somebody, email: str, conflict_with: str = "") -> None:
    member.page.goto(link_for(email))
    for place in ("Bury", "Wakefield"):
        group = member.page.get_by_role("group", name=place)
        group.get_by_label("I have" if place == conflict_with else "No conflict").check()
    if conflict_with:
        member.fill(f"What the conflict with {conflict_with} is", "My sister leads it.")
    member.press("Declare")
    member.is_told("Your declaration is saved.")


def recuse(staff: Somebody, member: Person, place: str) -> None:
    staff.goes_home()
    staff.follow("1 conflict of interest to settle")
    staff.follow(str(member), exact=False)
    staff.reads("My sister leads it.")
    staff.reads("wakefield.example writes this application")
    staff.page.get_by_label("Recused").check()
    staff.fill("Why?", "Too close to be impartial.")
    staff.press("Settle")
    staff.reads("Recused")


def score(member: Somebody, scores: dict[str, list[int]]) -> None:
    """Every application that the member may read; the comment on the first criterion names the score."""
    for place, values in scores.items():
        member.goes_home()
        member.follow("Read and score", exact=False)
        member.follow(place, exact=False)
        for section, value in zip(criteria(member), values, strict=True):
            section.get_by_role("radio").nth(value - 1).check()
        criteria(member)[0].get_by_label("Comment").fill(f"A {values[0]} for {place}.")
        member.press("Submit scores")
        member.is_told(f"Your scores of {place} are submitted.")


def criteria(member: Somebody) -> list[Locator]:
    return member.page.locator("section[aria-labelledby^=criterion]").all()


def look_at_board(member: Somebody) -> None:
    member.goes_home()
    member.follow("board is open", exact=False)
    member.heading("Board")


def decide(chair: Somebody) -> None:
    """The two are too close for their scores to part them: each needs a reason."""
    look_at_board(chair)
    chair.reads("2 applications are in the band around it")
    chair.check()
    chair.follow("Decisions")
    chair.page.get_by_label("Decision on A1").select_option("Select")
    chair.page.get_by_label("Decision on A3").select_option("Reserve")
    chair.fill("Place on the reserve list of A3", "1")
    chair.press("Save decisions")
    chair.reads("Nothing is saved yet")
    chair.check()
    chair.fill("Reason for A1", "Its sponsor stands behind it.")
    chair.fill("Reason for A3", "Good, and close behind.")
    chair.press("Save decisions")
    chair.is_told("2 decisions saved")


def download_minutes(staff: Somebody) -> bytes:
    to_call(staff)
    staff.follow("Board")
    staff.press("Make the minutes as a PDF")
    staff.heading("Minutes of the panel meeting")
    run_job(Job.objects.get(kind="programmes.minutes").pk)
    with staff.page.expect_download() as download:
        staff.follow("Download", exact=False)  # the page finds out by itself that it is made
    return Path(download.value.path()).read_bytes()


# --- Letters and release --------------------------------------------------------------------------


def write_letters(staff: Somebody) -> None:
    """Drafted from templates; one gets a member's comment as feedback; both are read."""
    to_call(staff)
    staff.follow("Decisions")
    staff.follow("Letters")
    staff.press("Draft letters")
    staff.follow("A1 Wakefield", exact=False)
    staff.follow("Change letter and feedback")
    staff.page.get_by_label("A 4 for Wakefield.").first.check()
    staff.page.get_by_role("button", name="Put the ticked comments in").first.click()
    staff.reads("Nothing is saved yet")
    staff.fill("Subject", "Good news for Wakefield")
    staff.page.get_by_role("button", name="Save", exact=True).last.click()
    staff.check()
    staff.press(READ)
    staff.follow("Letters")
    staff.page.get_by_role("button", name="Read the next letter").click()
    staff.press(READ)


def release(staff: Somebody) -> None:
    to_call(staff)
    staff.follow("Release the decisions")
    staff.check()
    staff.press("Release all decisions")
    staff.is_told("The decisions are released, and 2 letters on the way")


def look_at_project(staff: Somebody, place: str) -> None:
    """From the page of the decisions."""
    staff.follow("projects of cohort 1")
    staff.follow(place)
    staff.reads("Senior sponsor: Sue Sponsor")
    staff.reads("£10,000 from Sue Sponsor")
    staff.reads(PARTNER)
    staff.check()


def read_outcome(writer: Somebody, place: str) -> None:
    writer.goes_home()
    writer.follow(place)
    writer.check()


def move_up(staff: Somebody, programme: str) -> None:
    """The first reserve, for the place that withdrew: from the programme, since no call is under way."""
    staff.goes_home()
    staff.follow("Programmes")
    staff.follow(programme)
    staff.follow("Cohort 1")
    staff.follow(TITLE)
    staff.follow("Decisions")
    staff.follow("move up the next reserve", exact=False)
    staff.check()
    staff.fill("Why does it move up?", "It is the first on the list.")
    staff.press("Move Bury up")
    staff.is_told("Bury has moved up")
