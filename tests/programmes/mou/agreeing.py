"""An MOU with three parties, each with somebody who speaks for it; sent, and signed, by short calls."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from accounts.roles import Role
from places.models import Partnership
from programmes.actions.mou.asking import Asked, Reader
from programmes.actions.mou.beginning import begin_mou
from programmes.actions.mou.codes import send_code
from programmes.actions.mou.parties import add_representative
from programmes.actions.mou.sending import send_to_sign
from programmes.actions.mou.signing import Said, Trace, sign
from programmes.actions.mou.templates import template_of
from programmes.models import (
    MOU,
    Authority,
    Clause,
    MOUVersion,
    Party,
    Project,
    Signatory,
    Signature,
    Signing,
    SigningRule,
)
from tests import builders

SITE = "https://example.org/"


@dataclass
class Agreement:
    """The MOU, staff of its programme, its enabler, and for each party, in order, who speaks for it."""

    mou: MOU
    staff: Person
    enabler: Person
    parties: list[Party]
    partners: list[Person] = field(default_factory=list)

    @property
    def version(self) -> MOUVersion:
        """The latest."""
        version = self.mou.versions.order_by("-number").first()
        assert version
        return version

    @property
    def signing(self) -> Signing:
        return Signing.objects.select_related("version__mou__project").get(version=self.version)

    def clause(self, key: str) -> Clause:
        return self.mou.clauses.get(key=key)

    def send(
        self,
        rule: SigningRule = SigningRule.EACH,
        *each: Asked,
        days: int = 14,
        readers: Iterable[Reader] = (),
    ) -> Signing:
        """To one signatory of each party, or to those who are given."""
        asked = each or [
            Asked(party, f"Signer {place}", "Director", f"signer{place}@example.org", rule)
            for place, party in enumerate(self.parties, 1)
        ]
        return send_to_sign(
            version=self.version,
            signatories=asked,
            expires_at=timezone.now() + timedelta(days=days),
            by=self.staff,
            site=SITE,
            readers=readers,
        )

    def signatory(self, place: int = 1) -> Signatory:
        """The one who was asked as number `place`."""
        rows = self.signing.signatories.select_related(
            "party__organisation", "signing__version__mou"
        )
        return rows.order_by("pk")[place - 1]


def agreement(
    of: Project | None = None, parties: int = 3, clauses: Collection[str] = ()
) -> Agreement:
    """With the clauses of the template, or only with those of these keys."""
    project = of or builders.project()
    for number in range(1, parties + 1):
        Partnership.objects.create(
            place=project.place, organisation=builders.organisation(), part=f"Part {number}"
        )
    staff = builders.staff(project.programme)
    enabler = builders.grant(builders.person("Edda Enabler"), Role.ENABLER, project)
    template = template_of(project.programme)
    if clauses:
        template.clauses.exclude(key__in=clauses).delete()
    for clause in template.clauses.all():
        clause.text = clause.text.replace("[", "").replace("]", "")  # all is filled in
        clause.save()
    mou = begin_mou(project=project, by=staff)
    rows = list(mou.parties.select_related("organisation").order_by("pk"))
    made = Agreement(mou=mou, staff=staff, enabler=enabler, parties=rows)
    for party in rows:
        partner = builders.grant(builders.person(), Role.PARTNER, project.place)
        add_representative(party=party, person=partner, post="Director", by=staff)
        made.partners.append(partner)
    return made


def code_for(signatory: Signatory) -> str:
    """Ask for a code, and read it in the mail."""
    send_code(signatory)
    mail = OutgoingMail.objects.filter(to=signatory.email).order_by("-pk")[0]
    found = re.search(r"^ {4}(\d{6})$", mail.text, re.MULTILINE)
    assert found
    return found[1]


def said(signatory: Signatory, **values: str) -> Said:
    values.setdefault("typed_name", signatory.name)
    values.setdefault("post", signatory.post)
    values.setdefault("authority_words", "")
    values.setdefault("consent", "I agree to sign electronically.")
    values.setdefault("statement", f"I agree on behalf of {signatory.party}.")
    values.setdefault("words_version", "1")
    values.setdefault("text_sha256", signatory.signing.text_sha256)
    return Said(authority=Authority.OFFICE, **values)


def signed(signatory: Signatory, code: str = "", **values: str) -> Signature:
    return sign(
        signatory=signatory,
        code=code or code_for(signatory),
        said=said(signatory, **values),
        trace=Trace(address="192.0.2.7", agent="A browser"),
    )
