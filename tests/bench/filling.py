"""Many rows of every kind that a page lists, around the walk's small world."""

from itertools import count

from django.contrib.contenttypes.models import ContentType

from accounts.models import AuditEvent, Membership, Person
from accounts.roles import Role
from places.models import Organisation, Partnership, Place
from programmes.models import Project
from tests.walk import World

_numbers = count(1)


def fill(world: World, rows: int) -> None:
    """Add so many of each."""
    first = next(_numbers) * 100_000
    numbers = range(first, first + rows)
    places = Place.objects.bulk_create(
        Place(name=f"Filled place {n}", slug=f"filled-{n}", region=f"Region {n % 9}")
        for n in numbers
    )
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Filled organisation {n}", slug=f"filled-{n}", sector="nhs")
        for n in numbers
    )
    Partnership.objects.bulk_create(
        Partnership(place=place, organisation=organisation)
        for place, organisation in zip(places, organisations, strict=True)
    )
    Project.objects.bulk_create(
        Project(
            programme=world.programme,
            cohort=world.cohort,
            place=place,
            slug=place.slug,
            focus=f"Fewer hospital admissions in {place.name}",
        )
        for place in places
    )
    people = Person.objects.bulk_create(
        Person(name=f"Filled person {n}", email=f"filled{n}@example.org") for n in numbers
    )
    scope = {
        "scope_type": ContentType.objects.get_for_model(world.programme),
        "scope_id": world.programme.pk,
    }
    Membership.objects.bulk_create(
        Membership(person=person, role=Role.PANEL_MEMBER, **scope) for person in people
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(
            kind="project.changed",
            by_id=str(person.pk),
            by_name=person.name,
            subject_kind="programmes.project",
            subject_id=str(world.project.pk),
            subject_name=str(world.project),
            scope_kind="programmes.programme",
            scope_id=str(world.programme.pk),
            changes={"focus": ["Old", "New"]},
        )
        for person in people
    )
