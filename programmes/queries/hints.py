"""Why a member of the panel might have an interest in an application: what Placework can see by itself.

A hint is a sentence for the member and for staff. It decides nothing: staff settle it.
"""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import Membership, Person
from accounts.roles import Role
from places.models import Partnership
from programmes.models import Application, PanelMember, Project, Submission

# Everybody has an address there, so that two people share it says nothing.
PUBLIC_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "live.com",
        "me.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "yahoo.co.uk",
        "yahoo.com",
        "btinternet.com",
        "nhs.net",
    }
)


def hints_for(member: PanelMember, applications: Iterable[Application]) -> dict[int, list[str]]:
    """{id of the application: sentences}, in a constant number of queries."""
    rows = list(applications)
    found: dict[int, list[str]] = defaultdict(list)
    for application in rows:
        found[application.pk] = []
    _by_organisation(member, rows, found)
    _by_domain(member.person, rows, found)
    _by_place(member.person, rows, found)
    return dict(found)


def folded(name: str) -> str:
    """A name as it is compared: without case and without what stands between the words."""
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].casefold()


def _by_organisation(
    member: PanelMember, rows: list[Application], found: dict[int, list[str]]
) -> None:
    own = folded(member.organisation)
    if not own:
        return
    for pk, names in _organisations(rows).items():
        if own in names:
            found[pk].append(f"{member.organisation} is a partner in this application.")


def _organisations(rows: list[Application]) -> dict[int, set[str]]:
    """Organisations of each application, folded: partners it names, and those of its place."""
    named: dict[int, set[str]] = {row.pk: set() for row in rows}
    latest: dict[int, Submission] = {}
    submissions = Submission.objects.filter(application__in=named).order_by("number")
    for submission in submissions.only("application", "answers"):
        latest[submission.application_id] = submission
    for pk, submission in latest.items():
        named[pk] |= {folded(name) for name in _partners_in(submission)}
    of_place: dict[int, set[str]] = defaultdict(set)
    places = {row.place_id for row in rows if row.place_id}
    partnerships = Partnership.objects.filter(place__in=places, left_on=None)
    for place, name in partnerships.values_list("place", "organisation__name"):
        of_place[place].add(folded(name))
    for row in rows:
        if row.place_id:
            named[row.pk] |= of_place[row.place_id]
    return named


def _partners_in(submission: Submission) -> Iterable[str]:
    """Names of organisations in the submission's tables of partners."""
    for value in submission.answers.values():
        if isinstance(value, list):
            yield from (
                str(partner["organisation"])
                for partner in value
                if isinstance(partner, dict) and partner.get("organisation")
            )


def _by_domain(person: Person, rows: list[Application], found: dict[int, list[str]]) -> None:
    """A member's address is confirmed by their sign-in, and so are the writers'."""
    own = domain_of(person.email)
    if own in PUBLIC_DOMAINS:
        return
    writers = Membership.objects.filter(
        role=Role.APPLICANT,
        scope_type__app_label="programmes",
        scope_type__model="application",
        scope_id__in=found,
    )
    same = {
        pk
        for pk, email in writers.values_list("scope_id", "person__email")
        if domain_of(email) == own
    }
    for row in rows:
        if row.pk in same:
            found[row.pk].append(
                f"Somebody with an e-mail address at {own} writes this application."
            )


def _by_place(person: Person, rows: list[Application], found: dict[int, list[str]]) -> None:
    """Partner of the place, or enabler of one of its projects, in whatever programme."""
    partner_of = person.scope_ids("places.place", Role.PARTNER)
    enabled = Project.objects.filter(pk__in=person.scope_ids("programmes.project", Role.ENABLER))
    worked_in = set(enabled.values_list("place", flat=True))
    for row in rows:
        if row.place_id in partner_of:
            found[row.pk].append(f"You are a partner in {row.place_name}.")
        if row.place_id in worked_in:
            found[row.pk].append(f"You have worked in {row.place_name} as an enabler.")
