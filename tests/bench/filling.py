"""Many rows of every kind that a page lists, around the walk's small world.

Texts are as long as those of the demonstration: sentences in a quote, paragraphs in a section.
"""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from itertools import count

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Max, Model
from django.utils import timezone

from accounts.models import AuditEvent, Invitation, Membership, Person
from accounts.roles import Role
from documents.models import Job
from evaluation.jobs import CASE_STUDY_KINDS, REPORT_KINDS
from evaluation.models import (
    CaseStudy,
    CaseStudyStatus,
    Coding,
    Draft,
    Evidence,
    Excerpt,
    Section,
    SectionRevision,
    Source,
    SourceKind,
    StatusChange,
    TextVersion,
    Upload,
)
from places.models import Organisation, Partnership, Place
from programmes.models import (
    Commitment,
    CommitmentChange,
    CommitmentState,
    Lens,
    LensVersion,
    MOUReview,
    Programme,
    ProgrammeImport,
    Project,
)
from tests.walk import Kind, World

WORDS = (
    "We had met in the same rooms for years and had never asked each other what we were afraid of."
    " It was the enabler who asked, and then waited until somebody answered."
)
PARAGRAPH = f"{WORDS} Since then the meetings begin with what each of us has heard from people."

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
    projects = Project.objects.bulk_create(
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
    _fill_programmes(world, numbers)
    _fill_invitations(world, people)
    _fill_lenses(numbers)
    _fill_evidence(world, rows)
    _fill_case_studies(world, projects)
    _fill_section(world, rows)
    _fill_files(world, rows)
    _fill_mou(world, rows)
    with connection.cursor() as cursor:  # as PostgreSQL does by itself, but later
        cursor.execute("ANALYZE")


def _fill_mou(world: World, rows: int) -> None:
    """Commitments of one party, each with an update; updates of one of them; and reviews."""
    mou, today = world.extra.mou, timezone.localdate()
    who = {"made_by_name": "Pat Partner"}
    promised = Commitment.objects.bulk_create(
        Commitment(mou=mou, party=world.extra.party, what=WORDS, seen_by=WORDS, due_on=day, **who)
        for day in (today + timedelta(days=number) for number in range(rows))
    )
    CommitmentChange.objects.bulk_create(
        CommitmentChange(
            commitment=commitment,
            old=CommitmentState.GOING,
            new=CommitmentState.SLIPPED,
            reason=WORDS,
            changed_by_name="Pat Partner",
        )
        for commitment in [*promised, *[world.extra.commitment] * rows]
    )
    MOUReview.objects.bulk_create(
        MOUReview(mou=mou, held_on=today, next_on=today, came=WORDS, outcome=PARAGRAPH)
        for _ in range(rows)
    )


def _fill_programmes(world: World, numbers: Iterable[int]) -> None:
    staff = world.people[Kind.STAFF]
    programmes = Programme.objects.bulk_create(
        Programme(name=f"Filled programme {n}", slug=f"filled-{n}", frame=world.programme.frame)
        for n in numbers
    )
    Membership.objects.bulk_create(
        Membership(person=staff, role=Role.STAFF, **_scope(each)) for each in programmes
    )
    ProgrammeImport.objects.bulk_create(
        ProgrammeImport(
            file_name=f"{each.slug}.xlsx",
            uploaded_by=staff,
            uploaded_by_name=staff.name,
            checked_at=timezone.now(),
            programme=each,
        )
        for each in programmes
    )


def _scope(row: Model) -> dict[str, object]:
    return {"scope_type": ContentType.objects.get_for_model(row), "scope_id": row.pk}


def _fill_invitations(world: World, people: Iterable[Person]) -> None:
    within = ContentType.objects.get_for_model(world.programme)
    Invitation.objects.bulk_create(
        Invitation(
            email=f"invited.{person.email}",
            name=person.name,
            role=Role.PANEL_MEMBER,
            within_type=within,
            within_id=world.programme.pk,
            token_sha256=sha256(person.email.encode()).hexdigest(),
            invited_by=world.people[Kind.STAFF],
            expires_at=timezone.now() + timedelta(days=7),
            **_scope(world.programme),
        )
        for person in people
    )


def _fill_lenses(numbers: Iterable[int]) -> None:
    """Drafts: what may be chosen from is shipped, and stays a short list."""
    lenses = Lens.objects.bulk_create(
        Lens(name=f"Filled lens {n}", slug=f"filled-{n}") for n in numbers
    )
    LensVersion.objects.bulk_create(
        LensVersion(lens=lens, number=1, purpose="To see what holds") for lens in lenses
    )


def _fill_evidence(world: World, rows: int) -> None:
    """Items of one project, each with two texts, and an excerpt coded to the frame."""
    project, by = world.project, world.people[Kind.EVALUATOR]
    who = {"created_by": by, "created_by_name": by.name}
    source, _ = Source.objects.get_or_create(
        project=project, kind=SourceKind.SITE_VISIT, defaults={"quantity": 0}
    )
    first = 1 + (project.evidence.aggregate(last=Max("number"))["last"] or 0)
    items = Evidence.objects.bulk_create(
        Evidence(
            project=project,
            source=source,
            number=number,
            title=f"Visit {number}",
            speaker_role="project partner",
            speaker_place=project.place.name,
            **who,
        )
        for number in range(first, first + rows)
    )
    Source.objects.filter(pk=source.pk).update(quantity=first + rows)
    text = f"{PARAGRAPH}\n\n{PARAGRAPH}"
    versions = TextVersion.objects.bulk_create(
        TextVersion(evidence=item, number=1, text=text, length=len(text), sha256="0" * 64, **who)
        for item in items
    )
    first = 1 + (project.excerpts.aggregate(last=Max("number"))["last"] or 0)
    _code(
        Excerpt.objects.bulk_create(
            Excerpt(project=project, version=each, number=number, start=0, end=len(WORDS), **who)
            for number, each in enumerate(versions, start=first)
        ),
        by,
    )
    _fill_one_item(world, rows)


def _fill_one_item(world: World, rows: int) -> None:
    """One item has had many texts."""
    item, by = world.extra.evidence, world.people[Kind.EVALUATOR]
    who = {"created_by": by, "created_by_name": by.name}
    latest = item.latest_version()
    text = latest.text
    TextVersion.objects.bulk_create(
        TextVersion(evidence=item, number=number, text=text, length=len(text), sha256="0", **who)
        for number in range(latest.number + 1, latest.number + 1 + rows)
    )
    Upload.objects.bulk_create(
        Upload(project=item.project, file_name=f"visit-{number}.txt", uploaded_by=by)
        for number in range(rows)
    )


def _code(excerpts: Iterable[Excerpt], by: Person) -> None:
    excerpts = list(excerpts)
    dimensions = list(excerpts[0].project.programme.frame.dimensions.all())
    Coding.objects.bulk_create(
        Coding(
            excerpt=excerpt,
            dimension=dimensions[number % len(dimensions)],
            created_by=by,
            created_by_name=by.name,
        )
        for number, excerpt in enumerate(excerpts)
    )


def _fill_case_studies(world: World, projects: list[Project]) -> None:
    """A written case study for each project; every second one is published."""
    by = world.people[Kind.EVALUATOR]
    studies = CaseStudy.objects.bulk_create(
        CaseStudy(
            project=project,
            type="mini",
            title=f"How {project.place} came together",
            status=CaseStudyStatus.PUBLISHED if number % 2 else CaseStudyStatus.DRAFT,
            created_by=by,
            created_by_name=by.name,
        )
        for number, project in enumerate(projects)
    )
    dimensions = list(world.programme.frame.dimensions.all())
    Section.objects.bulk_create(
        Section(case_study=study, dimension=dimension, text=f"{PARAGRAPH}\n\n{PARAGRAPH}", number=1)
        for study in studies
        for dimension in dimensions
    )
    Source.objects.bulk_create(
        Source(project=project, kind=kind, quantity=3)
        for project in projects
        for kind in (SourceKind.INTERVIEW, SourceKind.MOU)
    )


def _fill_section(world: World, rows: int) -> None:
    """One section was saved many times, and one case study sent to and fro."""
    section, by = world.extra.section, world.people[Kind.EVALUATOR]
    first = 1 + (section.revisions.aggregate(last=Max("number"))["last"] or 0)
    who = {"saved_by": by, "saved_by_name": by.name}
    SectionRevision.objects.bulk_create(
        SectionRevision(
            section=section, number=number, case_study_revision=number, text=PARAGRAPH, **who
        )
        for number in range(first, first + rows)
    )
    StatusChange.objects.bulk_create(
        StatusChange(
            case_study=world.extra.case_study,
            old=CaseStudyStatus.DRAFT,
            new=CaseStudyStatus.IN_REVIEW,
            revision=1,
            changed_by=by,
            changed_by_name=by.name,
        )
        for _ in range(rows)
    )
    Draft.objects.bulk_create(
        Draft(section=section, person=by, window=f"filled {number}", text=WORDS, based_on=1)
        for number in range(first, first + rows)
    )


def _fill_files(world: World, rows: int) -> None:
    """Documents of one case study and of one programme."""
    by = world.people[Kind.EVALUATOR]
    for subject, kinds in (
        (world.extra.case_study, CASE_STUDY_KINDS),
        (world.programme, REPORT_KINDS),
    ):
        Job.objects.bulk_create(
            Job(
                kind=kinds["pdf"],
                subject_type=ContentType.objects.get_for_model(subject),
                subject_id=subject.pk,
                parameters={"cohort": None},
                status=Job.Status.DONE,
                requested_by=by,
                requested_by_name=by.name,
                finished_at=timezone.now(),
                result_file="documents/filled.pdf",
                result_name="filled.pdf",
                result_size=60_000,
                result={"revision": 3},
            )
            for _ in range(rows)
        )
