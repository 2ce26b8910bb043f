"""The lists of people and of open invitations, as `programmes.queries.people` reads them."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership
from accounts.roles import Role
from documents.tables import Column, Empty, Search, Table, choice
from programmes.models import Programme


@dataclass(frozen=True)
class NameOrAddress(Search):
    """Finds any part of a name or an e-mail address: neither is made of words."""

    fields: tuple[str, str] = ("name", "email")

    def narrow(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        name, email = self.fields
        return rows.filter(Q(**{f"{name}__icontains": text}) | Q(**{f"{email}__icontains": text}))


def people_table(programme: Programme) -> Table[Membership]:
    return Table[Membership](
        noun="role",
        nouns="roles",
        columns=[
            Column(
                "name",
                "Person",
                attrgetter("person_name"),
                link=lambda held: reverse("programmes:membership", args=[programme.slug, held.pk]),
                sort=[Lower("person__name")],
            ),
            Column("email", "E-mail address", attrgetter("email"), sort=["person__email"]),
            Column("role", "Role", lambda held: Role(held.role).label, sort=["role"]),
            Column("scope", "In", attrgetter("scope_name"), sort=[Lower("scope_name")]),
            Column("since", "Since", lambda held: held.granted_at.date(), sort=["granted_at"]),
        ],
        sort="name",
        search=NameOrAddress(
            fields=("person__name", "person__email"), hint="Part of a name or e-mail address"
        ),
        filters=[choice("role", "Role", lambda: Role.choices)],
        empty=Empty(
            "Nobody has a role in this programme yet.",
            "Invite somebody",
            reverse("programmes:invite", args=[programme.slug]),
        ),
    )


def invitations_table(programme: Programme) -> Table[Invitation]:
    return Table[Invitation](
        noun="open invitation",
        nouns="open invitations",
        columns=[
            Column(
                "name",
                "Who is invited",
                lambda sent: sent.name,
                link=lambda sent: reverse("programmes:invitation", args=[programme.slug, sent.pk]),
                tag=lambda sent: "Expired" if sent.expires_at < timezone.now() else "",
                sort=[Lower("name")],
            ),
            Column("email", "E-mail address", lambda sent: sent.email, sort=["email"]),
            Column("role", "Role", lambda sent: Role(sent.role).label, sort=["role"]),
            Column("scope", "In", attrgetter("scope_name"), sort=[Lower("scope_name")]),
            Column("by", "Invited by", attrgetter("inviter")),
            Column(
                "expires", "Of use until", lambda sent: sent.expires_at.date(), sort=["expires_at"]
            ),
        ],
        sort="name",
        search=NameOrAddress(hint="Part of a name or e-mail address"),
        filters=[choice("role", "Role", lambda: Role.choices)],
        empty=Empty(
            "Every invitation has been accepted or withdrawn.",
            "Invite somebody",
            reverse("programmes:invite", args=[programme.slug]),
        ),
    )
