"""What a demonstration shows: a real programme's facts, an invented place, and invented people.

Each piece is added once and then left alone, so that whatever somebody changes in a demonstration
stays as they made it.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

import evaluation
import programmes
from accounts.actions.memberships import grant_role
from accounts.models import Person
from accounts.roles import Role
from evaluation.actions.case_studies import change_case_study
from evaluation.actions.demonstration_mou import address_of, agree_on_mou, invented
from evaluation.actions.sections import save_section
from evaluation.actions.statuses import change_status
from evaluation.models import CaseStudy, CaseStudyStatus, Section
from programmes.actions.answers import save_answer
from programmes.actions.applications import start_application
from programmes.actions.call_phases import change_phase
from programmes.actions.calls import create_call
from programmes.actions.cohorts import create_cohort
from programmes.actions.imports import import_programme
from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.actions.shipping import ship_lenses
from programmes.importing.opening import read_path
from programmes.importing.sheets import known_headings
from programmes.models import Application, Call, Phase, Programme, Project, Question

LOCAL_VISION = Path(programmes.__file__).parent / "demonstration" / "local-vision"
MARLOWBRIDGE = Path(evaluation.__file__).parent / "demonstration" / "marlowbridge"
PROGRAMMES = {"local-vision": LOCAL_VISION, "placework-demonstration": MARLOWBRIDGE}
INVENTED_PROGRAMME = "placework-demonstration"
TITLE = "Healthy air at home: an invented case study"

PLACES = ["marlowbridge-invented", "dudley"]
CROSS_CHECK = "Invented for the demonstration: nobody else evaluates this programme."

PLACE = "Larkmouth (invented)"  # that has begun to apply
ANSWERS = {
    "issue": (
        "Older people in Larkmouth go to hospital because nobody came by at home. The council, the"
        " practices and the fire service each see a part of it. This text is invented."
    ),
    "population": "64000",
}
OPEN_FOR = timedelta(days=60)

# One for each role, in the order in which the sign-in page offers them.
PEOPLE = {
    "staff": "Amara Lee (invented)",
    "panel.member": "Piotr Wren (invented)",
    "applicant": "Alma Brook (invented)",
    "enabler": "Edda Marsh (invented)",
    "partner": "Rosa Weir (invented)",
    "evaluator": "Ewan Holt (invented)",
    "operator": "Odile Grant (invented)",
}
ROLES = {
    "staff": Role.STAFF,
    "panel.member": Role.PANEL_MEMBER,
    "enabler": Role.ENABLER,
    "partner": Role.PARTNER,
    "evaluator": Role.EVALUATOR,
}


@transaction.atomic
def seed_demonstration() -> None:
    """Add what is not there yet. The MOU is sealed by a worker, which then goes on with it."""
    ship_lenses()
    new = [part for part in PEOPLE if not Person.objects.filter(email=address_of(part)).exists()]
    for part in new:
        _add_person(part)
    for slug, folder in PROGRAMMES.items():
        if not Programme.objects.filter(slug=slug).exists():
            _import(folder, by=invented("staff"))
    for part in new:
        _grant_roles(part)
    case_study = CaseStudy.objects.get(project__programme__slug=INVENTED_PROGRAMME)
    if case_study.revision == 0:
        _write(case_study, by=invented("evaluator"))
    if not Call.objects.filter(cohort__programme__slug=INVENTED_PROGRAMME).exists():
        _rehearse()
    if "applicant" in new:
        _apply(by=invented("staff"))
    agree_on_mou(case_study.project)


def _add_person(part: str) -> None:
    person = Person.objects.create(
        email=address_of(part),
        name=PEOPLE[part],
        is_invented=True,
        is_operator=part == "operator",
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def _import(folder: Path, *, by: Person) -> None:
    opened = read_path(folder, known_headings())
    report = import_programme(opened, file_name=folder.name, by=by)
    if report.faults:
        raise ValidationError([str(fault) for fault in report.faults.shown])


def _grant_roles(part: str) -> None:
    """Roles in both programmes, so that every page has something to show to somebody."""
    if part not in ROLES:
        return
    person, operator = invented(part), invented("operator")
    for scope, programme in _scopes(ROLES[part]):
        grant_role(person=person, role=ROLES[part], scope=scope, by=operator, within=programme)


def _scopes(role: Role) -> Iterator[tuple[models.Model, Programme]]:
    """What the role is held in, and within which programme."""
    if role.held_in == "programmes.programme":
        for programme in Programme.objects.filter(slug__in=PROGRAMMES):
            yield programme, programme
        return
    projects = Project.objects.filter(programme__slug__in=PROGRAMMES, place__slug__in=PLACES)
    for project in projects.select_related("programme", "place"):
        yield project if role == Role.ENABLER else project.place, project.programme


def _write(case_study: CaseStudy, *, by: Person) -> None:
    """Every section in turn, then through review to publication."""
    change_case_study(case_study=case_study, title=TITLE, type=case_study.type, by=by)
    for section in Section.objects.filter(case_study=case_study).select_related("dimension"):
        save_section(section=section, text=_text(section), based_on=section.number, by=by)
    change_status(case_study=case_study, to=CaseStudyStatus.IN_REVIEW, by=by)
    change_status(case_study=case_study, to=CaseStudyStatus.APPROVED, by=by, reason=CROSS_CHECK)
    change_status(case_study=case_study, to=CaseStudyStatus.PUBLISHED, by=by)


def _rehearse() -> None:
    """A call whose panel meets; the member that one may sign in as is recused from one application."""
    rehearse_selection(
        programme=Programme.objects.get(slug=INVENTED_PROGRAMME),
        by=invented("staff"),
        size=Size(readers=4),
        also=[invented("panel.member")],
    )


def _apply(*, by: Person) -> None:
    """Two applications of one person: with the panel, and just begun in a call that is open."""
    person, programme = invented("applicant"), Programme.objects.get(slug=INVENTED_PROGRAMME)
    judged = Application.objects.filter(call__cohort__programme=programme).earliest("pk")
    grant_role(person=person, role=Role.APPLICANT, scope=judged, by=by, within=programme)
    begun = start_application(call=_open_call(programme, by), place_name=PLACE, by=person)
    for question in Question.objects.filter(version__call=begun.call, key__in=ANSWERS):
        value = ANSWERS[question.key]
        save_answer(application=begun, question=question, value=value, based_on=0, by=person)


def _open_call(programme: Programme, by: Person) -> Call:
    """The Local Vision call as it is shipped, for the next cohort."""
    last = programme.cohorts.latest("number")
    now = timezone.now()
    call = create_call(
        cohort=create_cohort(programme=programme, by=by, number=last.number + 1),
        by=by,
        title="Call for the next places (invented)",
        opens_at=now,
        closes_at=now + OPEN_FOR,
        places_offered=25,
        beginning="local-vision",
    )
    change_phase(call=call, to=Phase.APPLICATIONS, by=by)
    return call


def _text(section: Section) -> str:
    """What is shipped for it, in a file named like its heading or like its dimension."""
    name = section.heading or (slugify(section.dimension.name) if section.dimension else "")
    file = MARLOWBRIDGE / "sections" / f"{name}.md"
    return file.read_text(encoding="utf-8").strip()
