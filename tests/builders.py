"""Rows for tests, each valid by itself; a test names only what it is about."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from accounts.models import Invitation, Membership, Person
from accounts.roles import Role
from accounts.secret_links import hashed
from evaluation.actions.case_studies import start_case_study
from evaluation.actions.coding import code
from evaluation.actions.evidence import add_evidence
from evaluation.models import CaseStudy, Evidence, Excerpt, SourceKind
from places.models import Organisation, Place, Sector
from programmes.actions.applications import digest_of
from programmes.actions.call_versions import publish
from programmes.actions.calls import create_call
from programmes.models import (
    Answer,
    Application,
    ApplicationState,
    Call,
    CallVersion,
    Cohort,
    Criterion,
    Dimension,
    Interest,
    Lens,
    LensVersion,
    PanelMember,
    Phase,
    Programme,
    Project,
    Question,
    QuestionKind,
    Score,
    ScoreSheet,
    Standing,
    Submission,
    Support,
    Supporter,
)
from programmes.queries.call_versions import published_version

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


def call(of: Programme | None = None, phase: Phase = Phase.APPLICATIONS, **fields: Any) -> Call:
    """An open call with one question and one criterion; in a later phase, one that has closed.

    `questions` are the fields of others than the one, `supporters` the keys of some.
    """
    now = timezone.now()
    closed = phase not in (Phase.PREPARATION, Phase.APPLICATIONS)
    fields.setdefault("opens_at", now - timedelta(days=30))
    fields.setdefault("closes_at", now + timedelta(days=-1 if closed else 30))
    fields.setdefault("places_offered", 2)
    by = person()
    within = fields.pop("cohort", None) or cohort(of)
    questions = fields.pop("questions", [{}])
    supporters = fields.pop("supporters", [])
    row = create_call(cohort=within, by=by, title=fields.pop("title", "The call"), **fields)
    version = row.versions.get()
    version.text = "Work on one shared problem."
    version.save()
    for each in questions:
        question(version, **each)
    criterion(version)
    for key in supporters:
        supporter(version, key)
    if phase != Phase.PREPARATION:
        publish(version, by=by)
        row.phase = phase
        row.save()
    return row


def question(version: CallVersion, key: str = "", **fields: Any) -> Question:
    position = version.questions.count() + 1
    fields.setdefault("kind", QuestionKind.TEXT)
    fields.setdefault("wording", f"Question {position}?")
    return Question.objects.create(
        version=version, key=key or f"q{position}", position=position, **fields
    )


def asked(of: Application, key: str = "q1") -> Question:
    """A question that the applicants are asked now."""
    version = published_version(of.call)
    assert version
    return version.questions.get(key=key)


def criterion(version: CallVersion, dimension: Dimension | None = None, **fields: Any) -> Criterion:
    position = version.criteria.count() + 1
    frame = version.call.cohort.programme.frame
    dimension = dimension or frame.dimensions.order_by("position")[position - 1]
    anchors = {f"looks_like_{value}": f"Like a {value}" for value in (1, 3, 5)}
    return Criterion.objects.create(
        version=version,
        key=f"c{position}",
        position=position,
        dimension=dimension,
        **anchors,
        **fields,
    )


def supporter(version: CallVersion, key: str, **fields: Any) -> Supporter:
    fields.setdefault("who", f"The {key}")
    fields.setdefault("asked", "That you stand behind it.")
    fields.setdefault("amount", 10_000)
    position = version.supporters.count() + 1
    return Supporter.objects.create(version=version, key=key, position=position, **fields)


SUPPORT_TOKEN = "the secret of a supporter"


def support(of: Application, key: str = "sponsor", **fields: Any) -> Support:
    """Somebody who is asked and has not answered; the secret of their link is SUPPORT_TOKEN."""
    fields.setdefault("name", "Sue Sponsor")
    fields.setdefault("email", "sue@example.org")
    fields.setdefault("token_sha256", hashed(SUPPORT_TOKEN))
    fields.setdefault("expires_at", timezone.now() + timedelta(days=30))
    fields.setdefault("asked_by_name", "Wanda Writer")
    return Support.objects.create(application=of, key=key, **fields)


def application(
    of: Call | None = None,
    place_name: str = "",
    state: ApplicationState = ApplicationState.STARTED,
    by: Person | None = None,
    **fields: Any,
) -> Application:
    """An application in any state, with a submission if it has been handed in."""
    of = of or call()
    number = of.applications.count() + 1
    # At a domain of their own: a panel member with the same one would have a hint of a conflict.
    by = by or person(email=f"writer{next(_numbers)}@place{number}.example")
    row = Application.objects.create(
        call=of,
        number=number,
        place_name=place_name or f"Place {number}",
        state=state,
        started_by=by,
        started_by_name=str(by),
        **fields,
    )
    grant(by, Role.APPLICANT, row)
    if state not in (ApplicationState.STARTED, ApplicationState.WITHDRAWN):
        submission(row, by=by)
    return row


def submission(of: Application, by: Person | None = None, **answers: Any) -> Submission:
    by = by or person()
    version = published_version(of.call)
    assert version
    answers = answers or {"q1": "We meet on Mondays."}
    for key, value in answers.items():
        Answer.objects.create(application=of, key=key, number=1, value=value)
    return Submission.objects.create(
        application=of,
        number=1,
        version=version,
        answers=answers,
        sha256=digest_of(answers),
        submitted_by=by,
        submitted_by_name=str(by),
    )


def panel_member(of: Call, someone: Person | None = None, **fields: Any) -> PanelMember:
    return PanelMember.objects.create(call=of, person=someone or person(), **fields)


def interest(member: PanelMember, of: Application, standing: Standing = Standing.CLEAR) -> Interest:
    settled: dict[str, Any] = {}
    if standing == Standing.RECUSED:
        settled = {
            "settled_at": timezone.now(),
            "settled_because": "A colleague leads it.",
            "settled_by_name": "Staff",
        }
    return Interest.objects.create(
        member=member,
        application=of,
        is_declared=standing != Standing.CLEAR,
        standing=standing,
        **settled,
    )


def score_sheet(
    member: PanelMember, of: Application, *values: int | None, comment: str = ""
) -> ScoreSheet:
    """What a member submitted: a score for each criterion in order."""
    sheet = ScoreSheet.objects.create(
        member=member, application=of, comment=comment, number=1, submitted_at=timezone.now()
    )
    version = published_version(of.call)
    assert version
    for criterion, value in zip(version.criteria.order_by("position"), values, strict=False):
        Score.objects.create(sheet=sheet, criterion=criterion, value=value)
    return sheet
