"""The MOU of the demonstration: written by its partners, sealed, alive, and on its way to version 2.

Everybody does what they would do on the pages; those who sign read the code in their mail.
"""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import evaluation
from accounts.actions.memberships import grant_role
from accounts.models import OutgoingMail, Person
from accounts.roles import Role
from documents.actions.jobs import request_job
from evaluation.models import Evidence, Excerpt
from programmes import mou_words
from programmes.actions.mou.asking import Asked
from programmes.actions.mou.beginning import begin_mou, change_mou
from programmes.actions.mou.citations import cite
from programmes.actions.mou.codes import send_code
from programmes.actions.mou.commitments import commit, update_commitment
from programmes.actions.mou.drafts import locked_mou
from programmes.actions.mou.parties import add_representative, settle_concerns
from programmes.actions.mou.reviews import record_review
from programmes.actions.mou.sealing import seal_version
from programmes.actions.mou.sending import send_to_sign
from programmes.actions.mou.signing import Said, Trace, open_link, sign
from programmes.actions.mou.stances import remark, take_stance
from programmes.actions.mou.versions import begin_version
from programmes.actions.mou.wordings import propose_wording, take_in
from programmes.models import (
    MOU,
    Authority,
    Clause,
    Commitment,
    CommitmentState,
    Party,
    Project,
    Signatory,
    StanceKind,
    Wording,
)

GO_ON = "evaluation.demonstration_mou"
FACTS = Path(evaluation.__file__).parent / "demonstration" / "marlowbridge" / "mou.toml"
SIGN_WITHIN = timedelta(days=21)
CODE = re.compile(r"^ {4}(\d{6})$", re.MULTILINE)
INVENTED = " (invented)"


def invented(part: str) -> Person:
    """Whom visitors of the demonstration may sign in as: "staff", "partner" …"""
    return Person.objects.get(email=address_of(part))


def address_of(part: str) -> str:
    return f"{part}@invented.example.org"


@transaction.atomic
def agree_on_mou(project: Project) -> None:
    """Version 1, signed by all; a worker seals it and goes on."""
    if MOU.objects.filter(project=project).exists():
        return
    _DemonstrationMOU(project).agree()
    request_job(GO_ON, by=invented("staff"), subject=project)


def go_on_with_mou(project: Project) -> None:
    """What happens once version 1 is in force. Done again, it does nothing.

    Not to be called in a transaction, because it seals; raises JobFailed where it cannot.
    """
    mou = MOU.objects.get(project=project)
    seal_version(mou.versions.get(number=1))
    with transaction.atomic():
        if locked_mou(mou).versions.count() == 1:
            _DemonstrationMOU(project).live(mou)


class _DemonstrationMOU:
    """Does what the file says, each piece by whoever the file names."""

    def __init__(self, project: Project) -> None:
        self.facts: dict[str, Any] = tomllib.loads(FACTS.read_text(encoding="utf-8"))
        self.project = project
        self.staff, self.enabler = invented("staff"), invented("enabler")
        self.today = timezone.localdate()
        self.people: dict[str, Person] = {}

    # --- Version 1 ---

    def agree(self) -> None:
        title = self.facts["title"]
        mou = begin_mou(project=self.project, by=self.enabler, title=title)
        change_mou(
            mou=mou, title=title, review_on=self._day(self.facts["review_in"]), by=self.enabler
        )
        for party in mou.parties.order_by("pk"):
            self._speaks(party)
        for wording in self.facts["wordings"]:
            self._agree_on(mou, wording)
        for key, whose in self.facts["concerns"].items():
            parties = [self._party(mou, name) for name in whose]
            settle_concerns(clause=self._clause(mou, key), parties=parties, by=self.enabler)
        for each in self.facts["commitments"]:
            self._commit(mou, each)
        self._sign(mou)

    def _speaks(self, party: Party) -> None:
        said = self._said_of(party)
        if said["name"] == "partner":
            person = invented("partner")
        else:
            email = address_of(said["name"].lower().replace(" ", "."))
            person = Person.objects.create(email=email, name=said["name"] + INVENTED)
            grant_role(
                person=person,
                role=Role.PARTNER,
                scope=self.project.place,
                by=self.staff,
                within=self.project.programme,
            )
        add_representative(party=party, person=person, post=said["post"], by=self.staff)

    def _agree_on(self, mou: MOU, facts: dict[str, Any]) -> None:
        """Proposed by one, lived with by the others, and taken in."""
        wording = self._propose(mou, facts)
        for party in mou.parties.exclude(organisation__name=facts["by"] + INVENTED).order_by("pk"):
            self._take_stance(wording, party, StanceKind.CAN_LIVE_WITH_IT, "")
        take_in(wording=wording, by=self.enabler)

    def _commit(self, mou: MOU, facts: dict[str, Any]) -> None:
        party = self._party(mou, facts["by"])
        commit(
            party=party,
            what=facts["what"],
            due_on=self._day(facts["due_in"]) if "due_in" in facts else None,
            seen_by=facts["seen_by"],
            clause=self._clause(mou, facts["clause"]) if "clause" in facts else None,
            by=self._speaker(party),
        )

    def _sign(self, mou: MOU) -> None:
        """By all, each with the code that they were sent."""
        asked = []
        for party in mou.parties.order_by("pk"):
            person = self._speaker(party)
            asked.append(Asked(party, person.name, self._said_of(party)["post"], person.email))
        signing = send_to_sign(
            version=mou.versions.get(),
            signatories=asked,
            expires_at=timezone.now() + SIGN_WITHIN,
            by=self.staff,
            site=f"http://localhost:{settings.PORT}/",
            message=self.facts["message"],
        )
        rows = Signatory.objects.select_related(
            "party__organisation", "signing__version__mou__project"
        )
        for signatory in rows.filter(signing=signing).order_by("pk"):
            open_link(signatory)
            sign(
                signatory=signatory,
                code=_code_sent_to(signatory),
                said=_said_by(signatory),
                trace=Trace(),
            )

    # --- While it is in force ---

    def live(self, mou: MOU) -> None:
        for facts in self.facts["commitments"]:
            if "state" in facts:
                self._update(mou, facts)
        review = self.facts["review"]
        record_review(
            mou=mou,
            held_on=self.today,
            came=review["came"],
            outcome=_line(review["outcome"]),
            next_on=self._day(review["next_in"]),
            by=self.enabler,
        )
        begin_version(mou=mou, by=self.enabler)
        take_in(wording=self._propose(mou, self.facts["taken_in"]), by=self.enabler)
        for proposal in self.facts["proposals"]:
            wording = self._propose(mou, proposal)
            for said in proposal["stances"]:
                party = self._party(mou, said["by"])
                kind = StanceKind(said["stance"])
                self._take_stance(wording, party, kind, said.get("words", ""))
        for each in self.facts["remarks"]:
            party = self._party(mou, each["by"])
            clause = self._clause(mou, each["clause"])
            remark(clause=clause, text=each["text"], party=party, by=self._speaker(party))
        self._cite(mou)

    def _update(self, mou: MOU, facts: dict[str, Any]) -> None:
        row = Commitment.objects.get(mou=mou, what=facts["what"])
        update_commitment(
            commitment=row,
            state=CommitmentState(facts["state"]),
            due_on=self._day(facts["moved_to"]) if "moved_to" in facts else row.due_on,
            reason=facts["reason"],
            by=self._speaker(self._party(mou, facts["by"])),
        )

    def _cite(self, mou: MOU) -> None:
        for facts in self.facts["citations"]:
            thing = self._quoted(facts["excerpt"]) if "excerpt" in facts else self._item(facts)
            cite(clause=self._clause(mou, facts["clause"]), thing=thing, by=invented("evaluator"))

    def _quoted(self, begins: str) -> Excerpt:
        rows = Excerpt.objects.filter(version__evidence__project=self.project)
        found = rows.select_related("version").order_by("pk")
        return next(each for each in found if each.quote.startswith(begins))

    def _item(self, facts: dict[str, Any]) -> Evidence:
        return Evidence.objects.get(project=self.project, title=facts["evidence"])

    # --- What they all need ---

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _party(self, mou: MOU, name: str) -> Party:
        return mou.parties.select_related("organisation").get(organisation__name=name + INVENTED)

    def _clause(self, mou: MOU, key: str) -> Clause:
        return mou.clauses.get(key=key)

    def _said_of(self, party: Party) -> dict[str, str]:
        said: dict[str, str] = self.facts["people"][str(party).removesuffix(INVENTED)]
        return said

    def _speaker(self, party: Party) -> Person:
        name = str(party)
        if name not in self.people:
            self.people[name] = Person.objects.get(represents__party=party)
        return self.people[name]

    def _propose(self, mou: MOU, facts: dict[str, Any]) -> Wording:
        party = self._party(mou, facts["by"])
        clause = self._clause(mou, facts["clause"]) if "clause" in facts else None
        return propose_wording(
            mou=mou,
            clause=clause,
            heading=clause.wordings.latest("number").heading if clause else facts["heading"],
            text=_line(facts["text"]),
            reason=facts["reason"],
            party=party,
            by=self._speaker(party),
        )

    def _take_stance(self, wording: Wording, party: Party, kind: StanceKind, words: str) -> None:
        take_stance(wording=wording, party=party, stance=kind, words=words, by=self._speaker(party))


def _line(text: str) -> str:
    """One paragraph, as people type it."""
    return " ".join(text.split())


def _code_sent_to(signatory: Signatory) -> str:
    send_code(signatory)
    mail = OutgoingMail.objects.filter(to=signatory.email).latest("pk")
    found = CODE.search(mail.text)
    assert found
    return found[1]


def _said_by(signatory: Signatory) -> Said:
    signing = signatory.signing
    return Said(
        typed_name=signatory.name,
        post=signatory.post,
        authority=Authority.OFFICE,
        authority_words="",
        consent=mou_words.CONSENT,
        statement=mou_words.statement(
            title=signing.version.mou.title,
            version=signing.version.number,
            reference=signing.reference,
            organisation=str(signatory.party),
        ),
        words_version=mou_words.VERSION,
        text_sha256=signing.text_sha256,
    )
