"""What `make run` shows at once: a real programme's facts, and what was invented, which says so."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client

from accounts.models import AuditEvent, Membership, Person
from accounts.queries.invented import invented_people
from accounts.roles import Role
from evaluation.actions.demonstration_mou import go_on_with_mou
from evaluation.models import (
    CaseStudy,
    CaseStudyStatus,
    Coding,
    Evidence,
    Excerpt,
    Section,
    SourceKind,
)
from evaluation.queries.missing_evidence import Quantities, missing_evidence
from places.models import Organisation, Partnership, Place
from programmes.models import (
    MOU,
    Application,
    ApplicationState,
    Call,
    Citation,
    CommitmentState,
    Phase,
    Programme,
    Project,
    Signature,
    Standing,
    VersionState,
)
from programmes.queries.board import board_for
from programmes.queries.calls import open_calls
from programmes.queries.writing import tasks_of
from tests.evaluation.demonstrated import demonstrate

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded() -> Programme:
    call_command("seed_demonstration")
    return Programme.objects.get(slug="placework-demonstration")


def test_there_is_one_person_for_each_role_in_both_programmes(seeded: Programme) -> None:
    held = {row.person.email.split("@")[0]: row for row in invented_people()}
    assert set(held) == {
        "staff",
        "panel.member",
        "applicant",
        "enabler",
        "partner",
        "evaluator",
        "operator",
    }
    assert held["operator"].person.is_operator
    for role in (role for role in Role if role.is_granted_by_staff):
        assert Membership.objects.filter(role=role, person__is_invented=True).count() == 2
    assert all(person.email.endswith(".example.org") for person in Person.objects.all())


def test_whatever_was_invented_says_so(seeded: Programme) -> None:
    invented: list[type[Model]] = [Programme, Place, Organisation, Project, Person]
    for model in invented:
        for row in model._default_manager.filter(is_invented=True):
            assert "invented" in str(row), row
    assert not Organisation.objects.filter(is_invented=False).exists()
    assert Place.objects.filter(is_invented=False).count() == 12
    for evidence in Evidence.objects.all():
        assert evidence.latest_version().text.startswith("INVENTED FOR THE DEMONSTRATION.")


def test_the_case_study_is_finished_on_the_evidence_that_it_expects(seeded: Programme) -> None:
    studies = CaseStudy.objects.annotate(quantities=Quantities("project"))
    case_study = studies.get(project__programme=seeded)
    assert (case_study.type, case_study.status) == ("full", CaseStudyStatus.PUBLISHED)
    assert missing_evidence(case_study) == []
    assert not Section.objects.filter(case_study=case_study, text="").exists()
    placed = Section.objects.filter(case_study=case_study).values_list("placements", flat=True)
    assert len(placed) > 20
    assert Evidence.objects.filter(source__kind=SourceKind.INTERVIEW).count() >= 5
    assert Partnership.objects.filter(place=case_study.project.place).count() > 5


def test_a_quote_is_what_its_section_says_it_is(seeded: Programme) -> None:
    section = Section.objects.get(
        case_study__project__programme=seeded,
        dimension__key="crosby-bryson-structure-and-governance",
    )
    quotes = [placement.excerpt.quote for placement in section.placements.all()]
    assert quotes[0].startswith("The list of homes is the governance")
    assert quotes[-1].endswith("at which they could only lose.")


def test_excerpts_are_coded_to_each_dimension_of_the_frame(seeded: Programme) -> None:
    coded = Coding.objects.filter(dimension__version=seeded.frame)
    parents = {coding.dimension.parent for coding in coded.select_related("dimension__parent")}
    assert len(parents) == 5
    assert Excerpt.objects.count() == 38


def test_a_panel_meets_with_a_member_who_is_recused_from_where_they_work(seeded: Programme) -> None:
    call = Call.objects.get(cohort__programme=seeded, phase=Phase.MEETING)
    member = Person.objects.get(email="panel.member@invented.example.org")
    assert member.has_perm("programmes.view_board", call)
    seat = call.members.get(person=member)
    recused = call.applications.get(interests__member=seat, interests__standing=Standing.RECUSED)
    assert recused.place_name in seat.organisation
    assert not board_for(member, call).is_whole


def test_an_applicant_writes_one_application_and_waits_for_the_other(seeded: Programme) -> None:
    applicant = Person.objects.get(email="applicant@invented.example.org")
    rows = Application.objects.filter(pk__in=applicant.scope_ids("programmes.application"))
    assert sorted(row.state for row in rows) == [
        ApplicationState.ELIGIBLE,
        ApplicationState.STARTED,
    ]
    begun = rows.get(state=ApplicationState.STARTED)
    assert begun.call in open_calls()
    assert [task.status for task in tasks_of(begun)].count("Answered") == 2


def test_an_mou_is_signed_and_waits_for_a_key(seeded: Programme) -> None:
    mou = MOU.objects.get(project__programme=seeded)
    assert [each.state for each in mou.versions.all()] == [VersionState.SIGNED]
    assert mou.parties.count() == Signature.objects.count() == 7


@pytest.mark.usefixtures("seal_key")
def test_with_a_key_it_is_in_force_and_alive(client: Client) -> None:
    demonstrate()
    mou = MOU.objects.get()
    go_on_with_mou(mou.project)
    assert [each.state for each in mou.versions.all()] == [VersionState.SEALED, VersionState.DRAFT]
    assert set(mou.commitments.values_list("state", flat=True)) == set(CommitmentState)
    assert mou.reviews.count() == 1
    assert Citation.objects.filter(clause__mou=mou).count() == 2
    client.force_login(Person.objects.get(email="partner@invented.example.org"))
    page = client.get(mou.get_absolute_url()).content.decode()
    assert "2 proposals wait for your stance" in page


def test_again_it_adds_nothing_and_undoes_nothing(seeded: Programme) -> None:
    Place.objects.filter(slug="dudley").update(region="As somebody changed it")
    Membership.objects.filter(role=Role.PARTNER).delete()
    events = AuditEvent.objects.count()
    call_command("seed_demonstration", verbosity=0)
    assert AuditEvent.objects.count() == events
    assert Place.objects.get(slug="dudley").region == "As somebody changed it"
    assert not Membership.objects.filter(role=Role.PARTNER).exists()


def test_it_is_not_for_production(settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="not for production"):
        call_command("seed_demonstration")
    assert not Person.objects.exists()
