"""One small world: two programmes, two projects in the first, and a person of every kind."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from accounts.models import Person
from accounts.roles import Role
from places.models import Organisation, Place
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Cohort,
    Phase,
    Programme,
    Project,
    Standing,
)
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
    call: Call  # whose panel is scoring
    application: Application
    other_application: Application
    people: dict[Kind, Person]  # all kinds but anonymous
    extra: SimpleNamespace = field(default_factory=SimpleNamespace)


def build() -> World:
    programme = builders.programme("The programme")
    place, other_place = builders.place("This place"), builders.place("That place")
    project = builders.project(programme, place=place)
    other_project = builders.project(programme, place=other_place)
    other_programme = builders.programme("Another programme")

    call = builders.call(programme, Phase.SCORING, cohort=builders.cohort(programme, 2))
    application, other_application = (
        builders.application(call, name, ApplicationState.ELIGIBLE, builders.person(name))
        for name in ("Applicant", "Applicant elsewhere")
    )

    def holder(name: str, role: Role, scope: Programme | Project | Place) -> Person:
        return builders.grant(builders.person(name), role, scope)

    def writer(of: Application) -> Person:
        assert of.started_by
        return of.started_by

    def member(name: str, standing: Standing) -> Person:
        """A member of the panel, with this standing on the application."""
        someone = holder(name, Role.PANEL_MEMBER, programme)
        seat = builders.panel_member(call, someone)
        builders.interest(seat, application, standing)
        builders.interest(seat, other_application)
        return someone

    return World(
        programme=programme,
        cohort=project.cohort,
        place=place,
        project=project,
        organisation=builders.organisation(),
        other_place=other_place,
        other_project=other_project,
        other_programme=other_programme,
        call=call,
        application=application,
        other_application=other_application,
        people={
            Kind.NO_ROLE: builders.person("No role"),
            Kind.STAFF_ELSEWHERE: holder("Staff elsewhere", Role.STAFF, other_programme),
            Kind.STAFF: holder("Staff", Role.STAFF, programme),
            Kind.PANEL_MEMBER: member("Panel member", Standing.CLEAR),
            Kind.RECUSED: member("Recused", Standing.RECUSED),
            Kind.ENABLER: holder("Enabler", Role.ENABLER, project),
            Kind.ENABLER_ELSEWHERE: holder("Enabler elsewhere", Role.ENABLER, other_project),
            Kind.PARTNER: holder("Partner", Role.PARTNER, place),
            Kind.PARTNER_ELSEWHERE: holder("Partner elsewhere", Role.PARTNER, other_place),
            Kind.EVALUATOR: holder("Evaluator", Role.EVALUATOR, programme),
            Kind.EVALUATOR_ELSEWHERE: holder(
                "Evaluator elsewhere", Role.EVALUATOR, other_programme
            ),
            Kind.APPLICANT: writer(application),
            Kind.APPLICANT_ELSEWHERE: writer(other_application),
            Kind.OPERATOR: builders.person("Operator", is_operator=True),
        },
    )
