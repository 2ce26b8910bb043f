"""One small world: two programmes, two projects in the first, and a person of every kind."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from accounts.models import Person
from accounts.roles import Role
from places.models import Organisation, Place
from programmes.models import Cohort, Programme, Project
from tests import builders
from tests.walk.kinds import Kind


@dataclass
class World:
    programme: Programme
    cohort: Cohort
    place: Place
    project: Project
    organisation: Organisation
    other_place: Place
    other_project: Project
    other_programme: Programme
    people: dict[Kind, Person]  # all kinds but anonymous
    extra: SimpleNamespace = field(default_factory=SimpleNamespace)


def build() -> World:
    programme = builders.programme("The programme")
    place, other_place = builders.place("This place"), builders.place("That place")
    project = builders.project(programme, place=place)
    other_project = builders.project(programme, place=other_place)
    other_programme = builders.programme("Another programme")

    def holder(name: str, role: Role, scope: Programme | Project | Place) -> Person:
        return builders.grant(builders.person(name), role, scope)

    return World(
        programme=programme,
        cohort=project.cohort,
        place=place,
        project=project,
        organisation=builders.organisation(),
        other_place=other_place,
        other_project=other_project,
        other_programme=other_programme,
        people={
            Kind.NO_ROLE: builders.person("No role"),
            Kind.STAFF_ELSEWHERE: holder("Staff elsewhere", Role.STAFF, other_programme),
            Kind.STAFF: holder("Staff", Role.STAFF, programme),
            Kind.PANEL_MEMBER: holder("Panel member", Role.PANEL_MEMBER, programme),
            Kind.ENABLER: holder("Enabler", Role.ENABLER, project),
            Kind.ENABLER_ELSEWHERE: holder("Enabler elsewhere", Role.ENABLER, other_project),
            Kind.PARTNER: holder("Partner", Role.PARTNER, place),
            Kind.PARTNER_ELSEWHERE: holder("Partner elsewhere", Role.PARTNER, other_place),
            Kind.EVALUATOR: holder("Evaluator", Role.EVALUATOR, programme),
            Kind.EVALUATOR_ELSEWHERE: holder(
                "Evaluator elsewhere", Role.EVALUATOR, other_programme
            ),
            Kind.OPERATOR: builders.person("Operator", is_operator=True),
        },
    )
