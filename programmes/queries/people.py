"""Who has which part in a programme: in itself, in its projects, and in the places of those."""

from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.actions.invitations import open_invitations
from accounts.models import Invitation, Membership, Person
from accounts.roles import Role
from places.models import Place
from programmes.models import Programme, Project

Held = TypeVar("Held", Membership, Invitation)


def _types() -> tuple[ContentType, ContentType, ContentType]:
    programme, project, place = (
        ContentType.objects.get_for_model(model) for model in (Programme, Project, Place)
    )
    return programme, project, place


def memberships_of(programme: Programme) -> QuerySet[Membership]:
    """Every role held in the programme, each with its person and `scope_name`."""
    of_programme, of_project, of_place = _types()
    projects = Project.objects.filter(programme=programme)
    held = Membership.objects.filter(
        Q(scope_type=of_programme, scope_id=programme.pk)
        | Q(scope_type=of_project, scope_id__in=projects.values("pk"))
        | Q(scope_type=of_place, scope_id__in=projects.values("place"))
    )
    return _with_scope_name(held.select_related("person"))


def invitations_of(programme: Programme) -> QuerySet[Invitation]:
    """What the programme's staff have sent and nobody has accepted, each with `scope_name`.

    Applicants invite their own colleagues: of that an application's page tells those who may see it.
    """
    of_programme, _, _ = _types()
    sent = open_invitations().filter(within_type=of_programme, within_id=programme.pk)
    sent = sent.exclude(role=Role.APPLICANT)
    return _with_scope_name(sent.select_related("invited_by"))


def expired_invitations_for(person: Person) -> QuerySet[Invitation]:
    """Open invitations that can be accepted no more, in the programmes this person is staff of."""
    of_programme, _, _ = _types()
    expired = (
        open_invitations()
        .filter(
            within_type=of_programme,
            within_id__in=person.scope_ids("programmes.programme", Role.STAFF),
            expires_at__lt=timezone.now(),
        )
        .exclude(role=Role.APPLICANT)
    )
    return expired.prefetch_related("within").order_by("expires_at", "pk")


def _with_scope_name(rows: QuerySet[Held]) -> QuerySet[Held]:
    """One query for all kinds of scope, so that the list can be sorted by it."""
    of_programme, of_project, of_place = _types()
    project = Project.objects.filter(pk=OuterRef("scope_id"))
    named = project.annotate(
        named=Concat("place__name", Value(": "), "focus", output_field=TextField())
    )
    place = Place.objects.filter(pk=OuterRef("scope_id"))
    programme = Programme.objects.filter(pk=OuterRef("scope_id"))
    with_name: QuerySet[Held] = rows.annotate(
        scope_name=Case(
            When(scope_type=of_project, then=Subquery(named.values("named"))),
            When(scope_type=of_place, then=Subquery(place.values("name"))),
            When(scope_type=of_programme, then=Subquery(programme.values("name"))),
            output_field=TextField(),
        )
    )
    return with_name
