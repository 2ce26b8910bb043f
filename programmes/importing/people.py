"""The sheet of people: whom to invite, and into which role."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.actions.invitations import invite, is_own
from accounts.models import Invitation, Membership, Person
from accounts.roles import Role
from accounts.secret_links import Link
from programmes.importing.kinds import Choice, Reference, text_of
from programmes.importing.own_sheets import COHORT
from programmes.importing.plans import Counts, Plan, Step, add_planner
from programmes.importing.sheets import Column, Sheet, add_sheet
from programmes.importing.tables import Row
from programmes.importing.words import folded
from programmes.models import Programme

ROLES = [(role.value, role.label) for role in Role if role.is_granted_by_staff]

add_sheet(
    Sheet(
        "people",
        "Whom to invite by e-mail. Invitations leave when the file is imported.",
        [
            Column("name", text_of(Invitation, "name"), "Their full name.", True, "Ada Green"),
            Column(
                "email",
                text_of(Invitation, "email"),
                "The address that the invitation goes to.",
                True,
                "ada.green@example.org",
                other_headings=("e-mail address",),
            ),
            Column("role", Choice("a role", ROLES), "What they do.", True, "Enabler"),
            Column(
                "place",
                Reference("places", "place"),
                "For a partner the place, for an enabler the place of the project.",
                example="Dudley",
            ),
            Column(
                "cohort",
                COHORT,
                "For an enabler: needed only where the place has projects in several.",
                example="1",
            ),
        ],
        key=("email", "role", "place", "cohort"),
        order=60,
    )
)

NOBODY = "Invitations name who sends them. Say who imports: --by and their e-mail address."
NO_ADDRESS = (
    "Invitations carry a link. Say at which address people reach this server: --address and its"
    " beginning, as https://placework.example.org."
)

OWN_ADDRESS = "This is your own e-mail address. Delete this row, and ask other staff to invite you."

Place = tuple[str, str, str, int]  # address, role, kind of scope, its id


@dataclass
class Invitations(Step):
    """One invitation each: a mail goes out with it, so the action of the invitation page is called."""

    link: Link | None
    label: str = "invitations"
    wanted: list[tuple[Row, models.Model]] = field(default_factory=list)
    same: int = 0

    def counts(self) -> Counts:
        return Counts(created=len(self.wanted), same=self.same)

    def save(self, *, by: Person | None, programme: Programme) -> None:
        for row, scope in self.wanted:
            assert by is not None
            assert self.link is not None
            invite(
                email=row["email"],
                name=row["name"],
                role=Role(row["role"]),
                scope=scope,
                by=by,
                link=self.link,
                within=programme,
            )


def plan_people(plan: Plan) -> None:
    step = Invitations(plan.asked.link)
    plan.add(step)
    rows = list(plan.rows("people"))
    held, invited = _held({row["email"] for row in rows})
    seen: dict[tuple[str, str, int], Row] = {}
    for row in rows:
        scope = _scope(plan, row)
        if scope is None:
            continue
        email = row["email"].lower()
        earlier = seen.setdefault((email, row["role"], id(scope)), row)
        if earlier is not row:
            plan.fault(row, "email", f"Row {earlier.number} invites them too. Delete one of them.")
            continue
        place = (email, row["role"], scope._meta.label_lower, scope.pk or 0)
        if place in held or place in invited:
            step.same += 1
            if place not in held and not invited[place]:
                plan.warn(
                    row,
                    "email",
                    "Their invitation was withdrawn or their role ended, so this row is passed over.",
                )
        elif plan.by and is_own(email, plan.by):
            # Whoever imports a new programme becomes its staff by that.
            if row["role"] == Role.STAFF and scope.pk is None:
                step.same += 1
            else:
                plan.fault(row, "email", OWN_ADDRESS)
        else:
            step.wanted.append((row, scope))
    if step.wanted and plan.by is None:
        plan.faults.add("people", 0, "", NOBODY)
    elif step.wanted and plan.asked.link is None:
        plan.faults.add("people", 0, "", NO_ADDRESS)


def _scope(plan: Plan, row: Row) -> models.Model | None:
    """What the role is held in; None, and a fault, where the row does not say."""
    if row["role"] in (Role.ENABLER, Role.PARTNER):
        if row["place"] is None:
            plan.fault(
                row, "place", f"Say which place this {Role(row['role']).label.lower()} is of."
            )
            return None
        if row["role"] == Role.ENABLER:
            return plan.project_of(row)
        place = plan.place_of(row)
        if place is not None and folded(place.name) not in plan.projects:
            plan.fault(row, "place", f"{place.name} has no project in this programme.")
            return None
        return place
    if row["place"] is not None:
        plan.fault(row, "place", "This role is held in the whole programme. Leave this empty.")
    return plan.programme


def _held(emails: set[str]) -> tuple[set[Place], dict[Place, bool]]:
    """Roles that are held; and invitations ever sent, with whether they still stand open."""
    types = {
        pk: f"{app}.{model}"
        for pk, app, model in ContentType.objects.values_list("pk", "app_label", "model")
    }
    lower = [email.lower() for email in emails]
    held = {
        (email, role, types[type_pk], scope_pk)
        for email, role, type_pk, scope_pk in Membership.objects.filter(
            person__email__in=lower
        ).values_list("person__email", "role", "scope_type", "scope_id")
    }
    invited: dict[Place, bool] = {}
    for invitation in Invitation.objects.filter(email__in=lower):
        place = (
            invitation.email,
            invitation.role,
            types[invitation.scope_type_id],
            invitation.scope_id,
        )
        is_open = invitation.accepted_at is None and invitation.withdrawn_at is None
        invited[place] = invited.get(place, False) or is_open
    return held, invited


add_planner(plan_people, order=60)
