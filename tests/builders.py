"""Rows for tests, each valid by itself; a test names only what it is about."""

from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models import Membership, Person
from accounts.roles import Role
from places.models import Organisation, Place, Sector
from programmes.models import Cohort, Dimension, Lens, LensVersion, Programme, Project

_numbers = count(1)


def person(name: str = "", **fields: Any) -> Person:
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    return Person.objects.create(name=name or f"Person {number}", **fields)


def grant(someone: Person, role: Role, scope: models.Model) -> Person:
    """Give a role, and forget what the person was cached to hold."""
    Membership.objects.create(
        person=someone,
        role=role,
        scope_type=ContentType.objects.get_for_model(scope),
        scope_id=scope.pk,
    )
    someone.__dict__.pop("held", None)
    return someone


def staff(programme: Programme, **fields: Any) -> Person:
    return grant(person(**fields), Role.STAFF, programme)


def evaluator(programme: Programme, **fields: Any) -> Person:
    return grant(person(**fields), Role.EVALUATOR, programme)


def place(name: str = "", **fields: Any) -> Place:
    number = next(_numbers)
    return Place.objects.create(
        name=name or f"Place {number}", slug=fields.pop("slug", f"place-{number}"), **fields
    )


def organisation(name: str = "", **fields: Any) -> Organisation:
    number = next(_numbers)
    fields.setdefault("sector", Sector.LOCAL_GOVERNMENT)
    return Organisation.objects.create(
        name=name or f"Organisation {number}", slug=f"organisation-{number}", **fields
    )


def lens_version(*dimensions: str) -> LensVersion:
    """A published version of a new lens with dimensions of these names (two if none are named)."""
    number = next(_numbers)
    lens = Lens.objects.create(name=f"Lens {number}", slug=f"lens-{number}")
    version = LensVersion.objects.create(lens=lens, number=1, purpose="For tests")
    for position, name in enumerate(dimensions or ("Beginnings", "Ends"), start=1):
        Dimension.objects.create(
            version=version, key=f"d{position}", name=name, position=position, meaning="For tests"
        )
    return version


def programme(name: str = "", **fields: Any) -> Programme:
    number = next(_numbers)
    if "frame" not in fields:
        fields["frame"] = lens_version()
    return Programme.objects.create(
        name=name or f"Programme {number}", slug=fields.pop("slug", f"programme-{number}"), **fields
    )


def cohort(of: Programme | None = None, number: int = 1) -> Cohort:
    return Cohort.objects.get_or_create(programme=of or programme(), number=number)[0]


def project(of: Programme | None = None, **fields: Any) -> Project:
    of = of or programme()
    where = fields.pop("place", None) or place()
    fields.setdefault("cohort", cohort(of))
    fields.setdefault("focus", "Older people staying well at home")
    fields.setdefault("slug", where.slug)
    return Project.objects.create(programme=of, place=where, **fields)
