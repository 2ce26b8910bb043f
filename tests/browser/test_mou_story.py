"""An MOU through its pages: written together, signed in three ways, sealed, checked, and a version on."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import OutgoingMail, Person
from accounts.roles import Role
from documents.actions.jobs import run_job
from documents.models import Job
from places.models import Partnership
from programmes.actions.mou.sealing import KIND
from programmes.actions.mou.templates import remove_template_clause, template_of
from programmes.models import MOUVersion, Programme, Project, VersionState
from tests import builders
from tests.browser import mou_steps as steps
from tests.browser.mou_steps import Partner
from tests.browser.somebody import Somebody, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNCIL = Partner("Cora Council", "Wakefield Council", "Head of housing", "cora@council.example")
HOSPITAL = Partner("Hal Hospital", "Wakefield Hospital", "Director", "hal@hospital.example")
TENANTS = Partner("Tess Tenant", "Tenants Together", "Chair", "tess@tenants.example")
OFFICER = Partner("Olga Officer", "Wakefield Hospital", "Chief executive", "olga@hospital.example")
PARTNERS = (COUNCIL, HOSPITAL, TENANTS)
KEPT = {"challenge", "information", "leaving"}  # of the template's clauses, for a short story


class Story:
    """Who takes part, each at a browser of their own, and what they do one after the other."""

    def __init__(self, browser: Browser, server: str, everyone: ExitStack, folder: Path) -> None:
        self.browser, self.server, self.everyone, self.folder = browser, server, everyone, folder
        programme = builders.programme("Local Vision", slug="local-vision")
        place = builders.place("Wakefield", slug="wakefield")
        builders.project(programme, place=place)
        staff = builders.staff(programme, name="Stella Staff")
        shorten_template(programme, staff)
        self.staff = self.arrives(staff)
        self.partners: dict[Partner, Somebody] = {}
        for partner in PARTNERS:
            organisation = builders.organisation(partner.organisation)
            Partnership.objects.create(place=place, organisation=organisation)
            person = builders.person(partner.name, email=partner.email)
            self.partners[partner] = self.arrives(builders.grant(person, Role.PARTNER, place))
        self.anybody = self.arrives()  # by links, and to check

    def arrives(self, person: Person | None = None) -> Somebody:
        return self.everyone.enter_context(somebody(self.browser, self.server, person))

    def it_is_begun(self) -> None:
        steps.begin(self.staff, "Local Vision", "Wakefield")
        for partner in PARTNERS:
            steps.say_who_speaks(self.staff, partner)
        self.staff.check()
        steps.settle_whose(self.staff, "Sharing what we know", HOSPITAL.organisation)
        steps.to_send(self.staff)
        self.staff.reads("Fill in, or take out, what stands in [square brackets]: clause 1.")
        self.staff.check()

    def they_write_it(self) -> None:
        council, hospital, tenants = self.partners.values()
        steps.propose(council, 1, "Damp homes make our children ill.", "Said plainly")
        council.check()
        steps.take_stance(tenants, "The challenge", "We can live with it")
        steps.take_stance(hospital, "The challenge", "We want a change", "Not children alone")
        steps.to_send(self.staff)
        self.staff.reads("Take in or decline what has been proposed first")
        steps.take_stance(hospital, "The challenge", "We can live with it")
        hospital.check()
        steps.take_in(self.staff, "The challenge", "3 can live with it")

    def they_sign_it(self) -> None:
        steps.send(self.staff)
        steps.fill_in(self.anybody, COUNCIL)
        steps.forget_consent(self.anybody, COUNCIL)
        steps.consent(self.anybody, COUNCIL)
        self.anybody.reads("Nothing is complete until everybody has signed")
        self.anybody.check()
        steps.hand_over(self.anybody, HOSPITAL, OFFICER)
        self.anybody.reads("This was handed over to Olga Officer.")
        steps.ask_for_paper(self.anybody, TENANTS)
        steps.record_paper(self.staff, TENANTS, self.folder / "page.png")
        steps.fill_in(self.anybody, OFFICER)
        steps.consent(self.anybody, OFFICER)
        self.anybody.reads("Signed by all, being sealed")

    def it_is_sealed(self, number: int, by_link_of: Partner) -> Path:
        """Whoever signed downloads it by their link."""
        run_job(Job.objects.filter(kind=KIND).latest("pk").pk)
        steps.to_mou(self.staff)
        self.staff.reads("In force")
        self.staff.reads(f"Download the sealed PDF of version {number}")
        file = self.folder / f"version-{number}.pdf"
        file.write_bytes(steps.download_by_link(self.anybody, by_link_of.email))
        return file

    def it_lives(self) -> None:
        council = self.partners[COUNCIL]
        steps.commit(council, COUNCIL.organisation, "Look at every home")
        steps.keep_commitment(council, "Look at every home")
        council.check()
        project = Project.objects.get()
        evaluator = self.arrives(builders.evaluator(project.programme))
        steps.cite(evaluator, builders.evidence(project), "2. Sharing what we know")

    def anybody_checks_it(self, file: Path) -> None:
        steps.check_file(self.anybody, file, "This document is as it was sealed")
        self.anybody.reads("byte for byte, a document that was sealed here")
        self.anybody.check()
        changed = self.folder / "changed.pdf"
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        changed.write_bytes(content)
        steps.check_file(self.anybody, changed, "This document is not as it was sealed")

    def one_clause_changes(self) -> None:
        """That of one party, which alone is asked; the others are told."""
        hospital = self.partners[HOSPITAL]
        steps.begin_version(self.staff, 2)
        steps.propose(hospital, 2, "We share figures each month.", "What helps most")
        steps.take_in(self.staff, "Sharing what we know", "1 can live with it, 2 have not said")
        steps.compare(hospital, f"It concerns {HOSPITAL.organisation}.")
        hospital.reads(f"it asks these to sign: {HOSPITAL.organisation}.")
        hospital.check()
        steps.send(self.staff)
        told = OutgoingMail.objects.filter(subject__startswith="A new version is being signed")
        assert sorted(told.values_list("to", flat=True)) == [COUNCIL.email, TENANTS.email]
        steps.fill_in(self.anybody, HOSPITAL)
        steps.consent(self.anybody, HOSPITAL, version=2)

    def the_first_is_superseded(self, file: Path) -> None:
        states = MOUVersion.objects.order_by("number").values_list("state", flat=True)
        assert list(states) == [VersionState.SUPERSEDED, VersionState.SEALED]
        steps.check_file(self.anybody, file, "This document is as it was sealed")
        self.anybody.reads("A later document replaced it")
        self.anybody.reads("its seal holds as before")


def shorten_template(programme: Programme, staff: Person) -> None:
    for clause in template_of(programme).clauses.exclude(key__in=KEPT):
        remove_template_clause(clause=clause, by=staff)


@pytest.mark.usefixtures("seal_key")
def test_from_the_first_proposal_to_the_second_version(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    with ExitStack() as everyone:
        story = Story(browser, live_server.url, everyone, tmp_path)
        story.it_is_begun()
        story.they_write_it()
        story.they_sign_it()
        first = story.it_is_sealed(1, OFFICER)
        story.anybody_checks_it(first)
        story.it_lives()
        story.one_clause_changes()
        story.it_is_sealed(2, HOSPITAL)
        story.the_first_is_superseded(first)
