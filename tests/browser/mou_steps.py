"""What people do with an MOU, step by step through the pages: see `test_mou_story.py`."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from evaluation.models import Evidence
from tests.browser.somebody import Somebody, link_for, mailed
from tests.programmes.mou.scans import photographed

TITLE = "Memorandum of understanding on damp homes"
LINK = r"http://\S+/mou/sign/\S+"
SEALED_LINK = r"http://\S+/mou/sealed/\S+"
CODE = r"(?m)^ {4}\d{6}$"


@dataclass(frozen=True)
class Partner:
    """Somebody who speaks for an organisation."""

    name: str
    organisation: str
    post: str
    email: str


# --- Writing it -----------------------------------------------------------------------------------


def begin(staff: Somebody, programme: str, place: str) -> None:
    """From the project's page; the organisations of the place are its parties."""
    staff.goes_home()
    for link in ("Programmes", programme, "Projects", place, "Begin the MOU"):
        staff.page.get_by_role("main").or_(staff.page.get_by_role("navigation")).get_by_text(
            link, exact=True
        ).first.click()
    staff.reads("Its parties are the organisations")
    staff.check()
    staff.fill("Title", TITLE)
    staff.press("Begin the MOU")
    staff.is_told("The MOU was begun")


def to_mou(somebody: Somebody, name: str = "programmes:mou") -> None:
    somebody(name, slug="local-vision", project_slug="wakefield")


def say_who_speaks(staff: Somebody, partner: Partner) -> None:
    to_mou(staff, "programmes:mou_parties")
    staff.follow(f"Add who speaks for {partner.organisation}")
    staff.page.get_by_label("Who").select_option(label=partner.name)
    staff.fill("Job title", partner.post)
    staff.press("Save")
    staff.is_told(f"{partner.name} speaks for {partner.organisation} now.")


def settle_whose(staff: Somebody, clause: str, organisation: str) -> None:
    to_mou(staff)
    staff.follow(clause, exact=False)
    staff.follow("Change whose it is")
    staff.page.get_by_label(organisation).check()
    staff.press("Save")
    staff.reads(f"A change of it asks the consent of {organisation}.")


def propose(partner: Somebody, number: int, wording: str, why: str) -> None:
    """And look at what it changes."""
    to_mou(partner)
    partner.follow(f"Propose another wording of clause {number}")
    partner.fill("Wording", wording)
    partner.fill("Why", why)
    partner.press("Propose it")
    partner.is_told("This is what it changes")
    expect(partner.page.locator("ins").last).to_be_visible()


def take_stance(partner: Somebody, heading: str, stance: str, words: str = "") -> None:
    """From what the MOU's page says needs them; anew, from the proposal's own page."""
    to_mou(partner)
    waits = partner.page.get_by_role("link", name=f"Another wording of “{heading}”")
    if waits.count():
        waits.click()
    else:
        partner.follow(f" {heading}", exact=False)
        partner.follow("Say how you stand to proposal", exact=False)
    partner.reads("underlined would be added")
    partner.page.get_by_label(stance).check()
    partner.fill("What you would change", words)
    partner.press("Save")
    partner.is_told("Saved.")


def take_in(staff: Somebody, heading: str, said: str) -> None:
    to_mou(staff)
    staff.reads(said)
    staff.follow(f"Another wording of “{heading}”")
    staff.check()
    staff.press("Take it in")
    staff.is_told(f"Taken in: {heading}.")


def begin_version(staff: Somebody, number: int) -> None:
    to_mou(staff)
    staff.follow("Begin the next version")
    staff.press("Begin a new version")
    staff.is_told(f"Version {number} is begun.")


def compare(partner: Somebody, concerns: str) -> None:
    """The version that is being written, with the one before."""
    to_mou(partner, "programmes:mou_versions")
    partner.press("Compare")
    partner.heading("Version 1 to version 2")
    partner.reads(concerns)


# --- Sending it -----------------------------------------------------------------------------------


def to_send(staff: Somebody) -> None:
    to_mou(staff)
    staff.follow("to be signed", exact=False)


def send(staff: Somebody) -> None:
    """Those who speak for the parties are there already."""
    to_send(staff)
    staff.check()
    later = timezone.localdate() + timedelta(days=20)
    staff.fill("To be signed by", later.strftime("%-d %B %Y"))
    staff.press("Send to be signed")
    staff.is_told("It is out to be signed")


# --- Signing it, by the link in a mail ------------------------------------------------------------


def open_link(signer: Somebody, email: str) -> None:
    signer.page.goto(mailed(email, LINK))
    signer.press("Read the memorandum")
    signer.reads("It is not a contract, and not legally binding.")


def ask_for_code(signer: Somebody, email: str) -> str:
    signer.press("Send me a code")
    signer.is_told(f"We have sent a code to {email}")
    return mailed(email, CODE).strip()


def fill_in(signer: Somebody, partner: Partner) -> None:
    """All that signing asks for, but for the consent."""
    open_link(signer, partner.email)
    signer.press("Go on to sign")
    code = ask_for_code(signer, partner.email)
    signer.page.get_by_label("The office I hold").check()
    signer.fill("Your full name", partner.name)
    signer.fill("The code", code)


def forget_consent(signer: Somebody, partner: Partner) -> None:
    _agree(signer, partner, 1)
    signer.reads("Tick the box to sign here, or ask for paper")
    signer.check()


def consent(signer: Somebody, partner: Partner, *, version: int = 1) -> None:
    signer.page.get_by_label("I agree to sign electronically").check()
    _agree(signer, partner, version)
    signer.is_told("You have signed.")


def _agree(signer: Somebody, partner: Partner, version: int) -> None:
    signer.press(f"I agree to version {version} on behalf of {partner.organisation}")


def hand_over(signer: Somebody, partner: Partner, to: Partner) -> None:
    open_link(signer, partner.email)
    signer.follow("Hand it over to whoever should sign")
    code = ask_for_code(signer, partner.email)
    signer.check()
    signer.fill("Full name", to.name)
    signer.fill("Job title", to.post)
    signer.fill("E-mail address", to.email)
    signer.fill("Why they sign", "Our scheme of delegation names the chief executive")
    signer.fill("The code", code)
    signer.press("Hand over")
    signer.is_told(f"We have written to {to.name}.")


def ask_for_paper(signer: Somebody, partner: Partner) -> None:
    open_link(signer, partner.email)
    signer.follow("Ask to sign on paper")
    signer.check()
    signer.press("Ask to sign on paper")
    signer.is_told("You have asked to sign on paper.")


def record_paper(staff: Somebody, partner: Partner, scan: Path) -> None:
    scan.write_bytes(photographed())
    to_mou(staff)
    staff.follow("Who signs version 1")
    staff.check()
    staff.follow(f"Upload a signed page of {partner.name}")
    staff.page.get_by_label("A minuted decision").check()
    staff.fill("Which one", "Board, 3 November 2026")
    staff.fill("What you witnessed", "She signed in front of me, and I know her.")
    staff.page.get_by_label("Signed page").set_input_files(scan)
    staff.check()
    staff.press("Record the signature on paper")
    staff.is_told(f"The signature of {partner.name} on paper is recorded.")


def follow_mail(signer: Somebody, partner: Partner) -> None:
    """That it is sealed."""
    signer.page.goto(mailed(partner.email, SEALED_LINK))
    signer.reads("All have signed it.")
    signer.check()


def download(somebody: Somebody, number: int, to: Path) -> Path:
    with somebody.page.expect_download() as found:
        somebody.follow(f"Download the sealed PDF of version {number}")
    found.value.save_as(to)
    return to


def download_by_link(signer: Somebody, email: str) -> bytes:
    """The sealed file, by the link in the mail that says that it is sealed."""
    signer.page.goto(link_for(email))
    signer.reads("SHA-256 of the file")
    with signer.page.expect_download() as download:
        signer.follow("Download the sealed PDF", exact=False)
    return Path(download.value.path()).read_bytes()


# --- While it is in force -------------------------------------------------------------------------


def commit(partner: Somebody, organisation: str, what: str) -> None:
    to_mou(partner)
    partner.follow("Commitments")
    partner.follow(f"Add a commitment of {organisation}")
    partner.fill("What you will do", what)
    partner.press("Save")
    partner.is_told("for all partners to see")


def keep_commitment(partner: Somebody, what: str) -> None:
    """From the home page, where it is counted."""
    partner.goes_home()
    partner.follow("Our commitments")
    partner.follow("Say what became of it", exact=False)
    partner.reads(what)
    partner.page.get_by_label("Done").check()
    partner.press("Save")
    partner.reads("Done")


def cite(evaluator: Somebody, evidence: Evidence, clause: str) -> None:
    """And see on the clause what cites it."""
    evaluator("evaluation:evidence", pk=evidence.pk)
    evaluator.page.get_by_label("Cites clause").select_option(label=clause)
    evaluator.press("Cite this clause")
    evaluator.reads("in wording 1, by")
    evaluator.follow(clause.partition(". ")[2])
    evaluator.reads("Who cites it")
    evaluator.follow(evidence.title, exact=False)


# --- What anybody can check -----------------------------------------------------------------------


def check_file(anybody: Somebody, file: Path, outcome: str) -> None:
    anybody("documents:check")
    anybody.page.get_by_label("PDF file").set_input_files(file)
    anybody.press("Check the file")
    expect(anybody.page.get_by_role("heading", name=outcome)).to_be_visible()
