"""A selection that never was: invented places that apply, and a panel of lenient and severe members.

To try a call out before places apply, to show what the board does, and to measure it. All that people
do goes through the actions they would use; only what members declare, score and comment is written in
bulk, since hundreds of sheets one by one would take minutes. The same seed gives the same scores.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, islice, product

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.memberships import grant_role
from accounts.models import Person
from accounts.roles import Role
from programmes.actions.application_states import change_state
from programmes.actions.applications import start_application, submit_application
from programmes.actions.call_phases import change_phase
from programmes.actions.call_versions import draft_of
from programmes.actions.calls import change_call, create_call
from programmes.actions.cohorts import create_cohort
from programmes.actions.panels import add_member
from programmes.actions.shipping import ship_lenses
from programmes.models import (
    Answer,
    Application,
    ApplicationState,
    Assignment,
    Call,
    CallVersion,
    Criterion,
    Interest,
    LensVersion,
    PanelMember,
    Phase,
    Programme,
    Question,
    QuestionKind,
    Reading,
    Score,
    ScoreSheet,
    Standing,
    SubmittedScores,
)

CRITERIA = "local-vision-criteria"  # the lens
BEGINNINGS = (
    "Alder Ash Beck Birch Black Brook Clay Corn Elder Fern Field Glen Hazel Heath Holly Lark Marl Moss"
    " Oak Otter Raven Reed Rowan Sedge Thorn Wren"
)
ENDINGS = "bridge bury combe dale ford gate ham hurst ley mere mouth port stead ton well wick"
NAMES = "Ada Bruno Clara Dev Esme Farid Greta Hugh Iris Jonah Kezia Lewis"
ISSUES = (
    "older people who go to hospital because nobody came by at home",
    "young people who are known to six services and trusted by none",
    "families in cold homes whose children cannot breathe",
    "people who sleep rough and are sent from door to door",
    "drinking that keeps the police, the wards and the courts busy with the same few hundred people",
)
COMMENTS = (
    "Clear about who is in the room, and honest about who is not yet.",
    "Strong partners. What would be measured stays vague.",
    "They say what they will stop doing, which is rare.",
    "The politicians have signed; I am less sure of the hospital.",
    "A good plan for services, with little from the people who use them.",
)
CONFLICT = "I worked for this council until last year."
HINT = "Works for an organisation of this place."
RECUSED_BECAUSE = "Too close to be impartial."
CLEARED_BECAUSE = "The work there ended long ago."
SEVEREST = 0.6  # points of the scale, above or below the others
RECUSED_IN, CLEARED_IN = 15, 10  # one declaration in so many


@dataclass(frozen=True)
class Size:
    """How large the rehearsal is. `readers`: of each application; everybody, if left out."""

    applications: int = 40
    criteria: int = 5
    members: int = 6
    readers: int | None = None


@transaction.atomic
def rehearse_selection(
    *,
    programme: Programme,
    by: Person,
    size: Size | None = None,
    seed: int = 1,
    also: Sequence[Person] = (),
) -> Call:
    """A call of a new cohort, from its announcement to the panel meeting. `by` is of the staff.

    Who is named in `also` are panel members of the programme, and sit on this panel beside the invented.
    Each works for the council of a place, from which they are recused if it applies.
    """
    size = size or Size()
    ship_lenses()
    generator = random.Random(seed)  # noqa: S311 -- nothing secret hangs on it
    call = _announced(programme, by, size)
    applications = [
        _applied(call, name, generator) for name in islice(_place_names(), size.applications)
    ]
    change_call(call=call, by=by, closes_at=timezone.now())
    change_phase(call=call, to=Phase.ELIGIBILITY, by=by)
    for application in applications:
        change_state(
            application=application,
            to=ApplicationState.ELIGIBLE,
            by=by,
            reason="Invented, and eligible.",
        )
    change_phase(call=call, to=Phase.CONFLICTS, by=by)
    people = [_reader(call, name, by) for name in islice(_member_names(), size.members)]
    members = [_seated(call, person, by) for person in [*people, *also]]
    open_pairs = _declare(members, applications, set(also), by, generator)
    if size.readers is not None:
        open_pairs = _assign(call, applications, open_pairs, size.readers, generator)
    change_phase(call=call, to=Phase.SCORING, by=by)
    _score(call, members, open_pairs, generator)
    change_phase(call=call, to=Phase.MEETING, by=by)
    return call


def _announced(programme: Programme, by: Person, size: Size) -> Call:
    last = programme.cohorts.order_by("number").last()
    cohort = create_cohort(programme=programme, by=by, number=last.number + 1 if last else 1)
    now = timezone.now()
    call = create_call(
        cohort=cohort,
        by=by,
        title="Rehearsal of a selection (invented)",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        places_offered=max(1, size.applications * 25 // 40),
    )
    version = draft_of(call)
    version.text = "This call is invented: nobody has applied, and nobody is selected."
    version.save()
    Question.objects.create(
        version=version,
        key="issue",
        position=1,
        kind=QuestionKind.TEXT,
        wording="Which wicked problem do you share?",
    )
    _add_criteria(version, size.criteria)
    change_phase(call=call, to=Phase.APPLICATIONS, by=by)
    return call


def _add_criteria(version: CallVersion, wanted: int) -> None:
    lens = LensVersion.objects.filter(lens__slug=CRITERIA, published_at__isnull=False).latest(
        "number"
    )
    dimensions = list(lens.dimensions.order_by("position")[:wanted])
    if len(dimensions) < wanted:
        raise ValidationError(f"There are {len(dimensions)} criteria to choose from.")
    for position, dimension in enumerate(dimensions, start=1):
        Criterion.objects.create(
            version=version,
            dimension=dimension,
            key=dimension.key,
            position=position,
            weight=2 if position == 1 else 1,
            looks_like_1="Nothing that would bear it out.",
            looks_like_3="Said clearly, and partly borne out.",
            looks_like_5="Borne out by what the partners have done already.",
        )


def _place_names() -> Iterator[str]:
    """All different, and always the same."""
    pairs = list(product(BEGINNINGS.split(), ENDINGS.split()))
    random.Random(0).shuffle(pairs)  # noqa: S311
    for number in count():
        again = f" {number + 1}" if number else ""
        yield from (f"{beginning}{ending}{again} (invented)" for beginning, ending in pairs)


def _member_names() -> Iterator[str]:
    for number in count():
        again = f" {number + 1}" if number else ""
        yield from (f"{name} Reader{again} (invented)" for name in NAMES.split())


def _person(name: str, call: Call) -> Person:
    part = name.removesuffix(" (invented)").lower().replace(" ", ".")
    email = f"{part}.{call.pk}@invented.example.org"
    return Person.objects.create(name=name, email=email)


def _applied(call: Call, place_name: str, generator: random.Random) -> Application:
    writer = _person(f"Writer {place_name}", call)
    application = start_application(call=call, place_name=place_name, by=writer)
    text = f"We have met for a year about {generator.choice(ISSUES)}. This text is invented."
    Answer.objects.create(application=application, key="issue", number=1, value=text)
    submit_application(application=application, by=writer)
    return application


def _reader(call: Call, name: str, by: Person) -> Person:
    person = _person(name, call)
    programme = call.cohort.programme
    grant_role(person=person, role=Role.PANEL_MEMBER, scope=programme, by=by, within=programme)
    return person


def _seated(call: Call, person: Person, by: Person) -> PanelMember:
    seats = call.members.count()
    place = next(islice(_place_names(), seats, None))
    return add_member(
        call=call,
        person=person,
        organisation=_council(place),
        is_chair=not seats,
        by=by,
    )


def _council(place_name: str) -> str:
    return f"Council of {place_name}"


def _declare(
    members: list[PanelMember],
    applications: list[Application],
    also: set[Person],
    by: Person,
    generator: random.Random,
) -> list[tuple[Application, PanelMember]]:
    """Everybody declares on everything, staff settle what is in doubt. What is open then comes back."""
    now = timezone.now()
    interests = []
    for application, member in product(applications, members):
        recused = generator.randrange(RECUSED_IN) == 0
        recused |= member.person in also and member.organisation == _council(application.place_name)
        hinted = recused or generator.randrange(CLEARED_IN) == 0
        settled = {
            "settled_because": RECUSED_BECAUSE if recused else CLEARED_BECAUSE,
            "settled_at": now,
            "settled_by": by,
            "settled_by_name": str(by),
        }
        interests.append(
            Interest(
                member=member,
                application=application,
                is_declared=recused,
                declared=CONFLICT if recused else "",
                hints=[HINT] if hinted else [],
                standing=Standing.RECUSED if recused else Standing.CLEAR,
                **(settled if hinted else {}),
            )
        )
    Interest.objects.bulk_create(interests)
    return [(row.application, row.member) for row in interests if row.standing == Standing.CLEAR]


def _assign(
    call: Call,
    applications: list[Application],
    open_pairs: list[tuple[Application, PanelMember]],
    readers: int,
    generator: random.Random,
) -> list[tuple[Application, PanelMember]]:
    """So many readers for each application, drawn from those who have no conflict."""
    call.reading = Reading.ASSIGNED
    call.save(update_fields=["reading"])
    chosen = []
    for application in applications:
        free = [pair for pair in open_pairs if pair[0] == application]
        chosen += generator.sample(free, min(readers, len(free)))
    Assignment.objects.bulk_create(
        Assignment(application=application, member=member) for application, member in chosen
    )
    return chosen


def _score(
    call: Call,
    members: list[PanelMember],
    pairs: list[tuple[Application, PanelMember]],
    generator: random.Random,
) -> None:
    """Merit of the application, leniency of the member, and chance, on the scale."""
    version = call.versions.latest("number")
    criteria = list(version.criteria.order_by("position"))
    merit = {pair[0].pk: generator.gauss(3, 0.6) for pair in pairs}
    leniency = {
        member.pk: SEVEREST * (1 - 2 * n / max(1, len(members) - 1))
        for n, member in enumerate(members)
    }
    now = timezone.now()
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(
            application=application,
            member=member,
            comment=generator.choice(COMMENTS),
            number=1,
            submitted_at=now,
        )
        for application, member in pairs
    )
    values = [
        [
            _on_scale(merit[sheet.application_id] + leniency[sheet.member_id], generator)
            for _ in criteria
        ]
        for sheet in sheets
    ]
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=criterion, value=value)
        for sheet, row in zip(sheets, values, strict=True)
        for criterion, value in zip(criteria, row, strict=True)
    )
    keys = [criterion.key for criterion in criteria]
    SubmittedScores.objects.bulk_create(
        SubmittedScores(sheet=sheet, number=1, values=dict(zip(keys, row, strict=True)))
        for sheet, row in zip(sheets, values, strict=True)
    )


def _on_scale(expected: float, generator: random.Random) -> int:
    value = round(expected + generator.gauss(0, 0.8))
    return max(Criterion.LOWEST, min(Criterion.HIGHEST, value))
