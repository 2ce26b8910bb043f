"""Who has which part in a programme: in itself, in its projects, and in the places of those."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Func, Q, QuerySet, TextField
from django.utils import timezone

from accounts.actions.invitations import open_invitations
from accounts.models import Invitation, Membership, Person
from accounts.roles import Role
from places.models import Place
from programmes.models import Programme, Project


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
    return held.select_related("person").annotate(scope_name=_scope_name())


def invitations_of(programme: Programme) -> QuerySet[Invitation]:
    """What the programme's staff have sent and nobody has accepted, each with `scope_name`."""
    sent = _open_within(programme).select_related("invited_by")
    return sent.annotate(scope_name=_scope_name())


def count_invitations_of(programme: Programme) -> int:
    return _open_within(programme).count()


def _open_within(programme: Programme) -> QuerySet[Invitation]:
    of_programme, _, _ = _types()
    return open_invitations().filter(within_type=of_programme, within_id=programme.pk)


def expired_invitations_for(person: Person) -> QuerySet[Invitation]:
    """Open invitations that can be accepted no more, in the programmes this person is staff of."""
    of_programme, _, _ = _types()
    expired = open_invitations().filter(
        within_type=of_programme,
        within_id__in=person.scope_ids("programmes.programme", Role.STAFF),
        expires_at__lt=timezone.now(),
    )
    return expired.prefetch_related("within").order_by("expires_at", "pk")


class ScopeName(Func):
    """What a project, a place or a programme is called, by its content type and its id.

    One expression, so that a list can be sorted by it. In SQL: made of Django's own expressions, it
    took longer to put together than the rest of the page.
    """

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


def _scope_name() -> ScopeName:
    programme, project, place = (kind.pk for kind in _types())
    return ScopeName("scope_type", "scope_id", programme=programme, project=project, place=place)
