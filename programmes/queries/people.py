"""Who has which part in a programme: in itself, in its projects, and in the places of those."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, F, Func, QuerySet, TextField
from django.utils import timezone

from accounts.models import Invitation, Membership, Person
from accounts.queries.invitations import open_invitations
from accounts.roles import Role
from places.models import Place
from programmes.models import Programme, Project

SCOPE = ("scope_type", "scope_id")


def _types() -> dict[str, Any]:
    """The id of the content type of each kind of scope."""
    kinds = {"programme": Programme, "project": Project, "place": Place}
    return {name: ContentType.objects.get_for_model(kind).pk for name, kind in kinds.items()}


def memberships_of(programme: Programme) -> QuerySet[Membership]:
    """Every role held in the programme, each with its `scope_name`."""
    held = Membership.objects.filter(IsWithin(*SCOPE, within=programme.pk, **_types()))
    return held.annotate(scope_name=ScopeName(*SCOPE, **_types()))


def listed_memberships_of(programme: Programme) -> QuerySet[Membership]:
    """The same with what a list of them says, and no more."""
    named = memberships_of(programme).annotate(
        person_name=F("person__name"), email=F("person__email")
    )
    return named.only("role", "granted_at")


def invitations_of(programme: Programme) -> QuerySet[Invitation]:
    """What the programme's staff have sent and nobody has accepted, each with `scope_name`.

    Applicants invite their own colleagues: of that an application's page tells those who may see it.
    """
    return _open_within(programme).annotate(scope_name=ScopeName(*SCOPE, **_types()))


def listed_invitations_of(programme: Programme) -> QuerySet[Invitation]:
    """The same with what a list of them says, and no more."""
    named = invitations_of(programme).annotate(inviter=F("invited_by__name"))
    return named.only("name", "email", "role", "expires_at")


def count_invitations_of(programme: Programme) -> int:
    return _open_within(programme).count()


def _open_within(programme: Programme) -> QuerySet[Invitation]:
    within = ContentType.objects.get_for_model(programme)
    sent = open_invitations().filter(within_type=within, within_id=programme.pk)
    return sent.exclude(role=Role.APPLICANT)


def expired_invitations_for(person: Person) -> QuerySet[Invitation]:
    """Open invitations that can be accepted no more, in the programmes this person is staff of."""
    expired = open_invitations().exclude(role=Role.APPLICANT)
    expired = expired.filter(
        within_type=ContentType.objects.get_for_model(Programme),
        within_id__in=person.scope_ids("programmes.programme", Role.STAFF),
        expires_at__lt=timezone.now(),
    )
    return expired.prefetch_related("within").order_by("expires_at", "pk")


# Two questions about a scope, by its content type and its id. They are in SQL, because putting them
# together out of Django's expressions took several times as long as PostgreSQL takes to answer them.


class ScopeName(Func):
    """What a project, a place or a programme is called; a list can be sorted by it."""

    template = """(
        SELECT CASE held.type
            WHEN %(project)s THEN (
                SELECT place.name || ': ' || project.focus
                FROM programmes_project project JOIN places_place place ON place.id = project.place_id
                WHERE project.id = held.id
            )
            WHEN %(place)s THEN (SELECT name FROM places_place WHERE id = held.id)
            WHEN %(programme)s THEN (SELECT name FROM programmes_programme WHERE id = held.id)
        END
        FROM (SELECT %(expressions)s) AS held (type, id)
    )"""
    output_field = TextField()


class IsWithin(Func):
    """Whether something is the programme `within`, one of its projects, or the place of one."""

    template = """(
        (%(expressions)s) IN (
            SELECT %(programme)s, %(within)s
            UNION ALL
            SELECT %(project)s, id FROM programmes_project WHERE programme_id = %(within)s
            UNION ALL
            SELECT %(place)s, place_id FROM programmes_project WHERE programme_id = %(within)s
        )
    )"""
    output_field = BooleanField()
