"""Rows for tests, each valid by itself; a test names only what it is about."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from accounts.actions.invitations import hashed
from accounts.models import Invitation, Membership, Person
from accounts.roles import Role
from evaluation.actions.case_studies import start_case_study
from evaluation.actions.coding import code
from evaluation.actions.evidence import add_evidence
from evaluation.models import CaseStudy, Evidence, Excerpt, SourceKind
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


def lens_version(
    *dimensions: str, parts: dict[str, list[str]] | None = None, published: bool = True
) -> LensVersion:
    """A version of a new lens with dimensions of these names (two if none are named) and parts."""
    number = next(_numbers)
    lens = Lens.objects.create(name=f"Lens {number}", slug=f"lens-{number}")
    version = LensVersion.objects.create(lens=lens, number=1, purpose="For tests")
    positions = count(1)

    def add(name: str, parent: Dimension | None = None) -> Dimension:
        position = next(positions)
        return Dimension.objects.create(
            version=version,
            parent=parent,
            key=f"d{position}",
            name=name,
            position=position,
            meaning="For tests",
        )

    for name in dimensions or ("Beginnings", "Ends"):
        parent = add(name)
        for part in (parts or {}).get(name, []):
            add(part, parent)
    if published:
        version.published_at = timezone.now()
        version.save()
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


def case_study(
    of: Project | None = None, type: str = "mini", by: Person | None = None
) -> CaseStudy:
    return start_case_study(project=of or project(), type=type, by=by or person())


def evidence(
    of: Project | None = None, text: str = "We had to meet as people first.", **fields: Any
) -> Evidence:
    """One more interview with this text."""
    of = of or project()
    fields.setdefault("kind", SourceKind.INTERVIEW)
    fields.setdefault("title", "Interview")
    fields.setdefault("speaker_role", "project partner")
    fields.setdefault("speaker_place", of.place.name)
    fields.setdefault("by", person())
    return add_evidence(project=of, text=text, **fields)


def excerpt_from(of: Evidence, passage: str = "", **fields: Any) -> Excerpt:
    """The first place of this passage in the latest text, or all of it, coded to one dimension."""
    version = of.latest_version()
    start = version.text.index(passage)
    end = start + len(passage or version.text)
    fields.setdefault("dimensions", list(of.project.programme.frame.dimensions.all()[:1]))
    fields.setdefault("by", person())
    return code(version=version, start=start, end=end, **fields).excerpt


def excerpt(
    of: Project | None = None, quote: str = "We had to meet as people first.", **fields: Any
) -> Excerpt:
    """An excerpt that is the whole text of new evidence."""
    coding = {key: fields.pop(key) for key in ("dimensions",) if key in fields}
    return excerpt_from(evidence(of, quote, **fields), **coding)


TOKEN = "the secret of an invitation"


def invitation(to: Programme, *, by: Person | None = None, **fields: Any) -> Invitation:
    """An open invitation to be an evaluator; the secret of its link is TOKEN."""
    fields.setdefault("email", "invited@example.org")
    fields.setdefault("name", "Ina Invited")
    fields.setdefault("role", Role.EVALUATOR)
    fields.setdefault("scope", to)
    fields.setdefault("expires_at", timezone.now() + timedelta(days=14))
    fields.setdefault("token_sha256", hashed(TOKEN))
    return Invitation.objects.create(within=to, invited_by=by or staff(to), **fields)
