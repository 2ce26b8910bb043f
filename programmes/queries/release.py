"""What stands in the way of releasing the decisions, and what has come free since."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from accounts.models import Person
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    DecisionOutcome,
    Feedback,
    Phase,
    Project,
    Question,
    QuestionKind,
)
from programmes.queries.board import board_for, criteria_of
from programmes.queries.call_versions import published_of
from programmes.queries.letters import LetterStatus, Post, letters_of, named_in, names_of_members

USUAL_FOCUS = ("focus", "issue")  # keys of a question that asks what the work is about


class About(StrEnum):
    """Where an obstacle is put right."""

    PHASE = "phase"
    APPLICATION = "application"
    DECISION = "decision"
    LETTER = "letter"


@dataclass(frozen=True)
class Obstacle:
    """What must be done first, and where."""

    sentence: str
    about: About
    application: Application | None = None


@dataclass(frozen=True)
class Readiness:
    """How far a call is from its release."""

    posts: tuple[Post, ...]  # the decisions with their letters
    obstacles: tuple[Obstacle, ...]
    places: int

    @property
    def selected(self) -> list[Application]:
        return [post.application for post in self.posts if _is_selected(post)]

    @property
    def is_over(self) -> bool:
        """Whether more are selected than places were offered."""
        return len(self.selected) > self.places

    def count(self, outcome: str) -> int:
        return sum(post.decision.outcome == outcome for post in self.posts)


def readiness_of(call: Call, person: Person) -> Readiness:
    """What `person`, who is recused from no application, has still to see to."""
    posts = [post for post in letters_of(call) if _is_eligible(post.application)]
    selected = [post.application for post in posts if _is_selected(post)]
    obstacles = [
        *_about_the_phase(call),
        *_undecided(call, posts),
        *_without_reason(call, posts, person),
        *_unread(posts),
        *_naming_members(call, posts),
        *obstacles_to_projects(call, selected),
    ]
    return Readiness(tuple(posts), tuple(obstacles), call.places_offered)


def obstacles_to_projects(call: Call, selected: Collection[Application]) -> Iterator[Obstacle]:
    """Why these applications cannot become projects of the cohort yet."""
    twice = {pk for pk, count in Counter(row.place_id for row in selected).items() if count > 1}
    places = [row.place_id for row in selected]
    projects = Project.objects.filter(cohort=call.cohort_id, place__in=places)
    there = set(projects.values_list("place", flat=True))
    for row in selected:
        if row.place_id is None:
            yield _about_place(row, "say which place of the register it is")
        elif row.place_id in twice:
            yield _about_place(row, "another that is selected is for the same place. Select one")
        elif row.place_id in there:
            yield _about_place(
                row,
                "its place has a project in this cohort. Move that project to another cohort first",
            )


def focus_questions(call: Call) -> QuerySet[Question]:
    """Those whose answer can say what a project works on."""
    questions = Question.objects.filter(version=published_of(call.pk), kind=QuestionKind.TEXT)
    return questions.only("key", "wording").order_by("position")


def usual_focus(questions: Iterable[Question]) -> str:
    """The key of the question that is most likely meant."""
    keys = [question.key for question in questions]
    return next((key for key in USUAL_FOCUS if key in keys), next(iter(keys), ""))


def reserves_of(call: Call) -> QuerySet[Application]:
    """Who waits, first who moves up first."""
    rows = call.applications.filter(state=ApplicationState.RESERVE)
    return rows.select_related("decision").order_by("decision__reserve_order")


def freed_in(call: Call) -> QuerySet[Application]:
    """Selected places that have withdrawn, and whose place nobody has taken."""
    was_selected = Q(decision__outcome=DecisionOutcome.SELECT) | Q(move_up__isnull=False)
    return call.applications.filter(
        was_selected,
        state=ApplicationState.WITHDRAWN,
        decision__released_at__isnull=False,
        replaced_by=None,
    ).order_by("number")


def _is_eligible(application: Application) -> bool:
    return application.state == ApplicationState.ELIGIBLE


def _is_selected(post: Post) -> bool:
    return post.decision.outcome == DecisionOutcome.SELECT


def _about_place(row: Application, what: str) -> Obstacle:
    return Obstacle(f"{row}: {what}.", About.APPLICATION, row)


def _about_the_phase(call: Call) -> Iterator[Obstacle]:
    if call.phase != Phase.MEETING:
        now = call.get_phase_display()
        yield Obstacle(
            f"Decisions are released after the panel meeting. The call is in the phase “{now}”.",
            About.PHASE,
        )


def _undecided(call: Call, posts: Collection[Post]) -> Iterator[Obstacle]:
    decided = {post.application.pk for post in posts}
    waiting = (
        ApplicationState.SUBMITTED,
        ApplicationState.CORRECTION,
        ApplicationState.ELIGIBLE,
    )
    for row in call.applications.filter(state__in=waiting).order_by("number"):
        if row.state != ApplicationState.ELIGIBLE:
            yield _about_place(row, "say whether it is eligible")
        elif row.pk not in decided:
            yield Obstacle(f"{row} is not decided.", About.DECISION, row)


def _without_reason(call: Call, posts: Collection[Post], person: Person) -> Iterator[Obstacle]:
    """Scores may have changed since, and with them who is in the band."""
    bare = {
        post.application.pk: post.application
        for post in posts
        if not post.decision.reason and post.decision.lot_id is None
    }
    if not bare:
        return
    for line in board_for(person, call).band:
        if row := bare.get(line.application.pk):
            yield Obstacle(
                f"{row} is in the band around the line: say why it is decided so.",
                About.DECISION,
                row,
            )


def _unread(posts: Iterable[Post]) -> Iterator[Obstacle]:
    for post in posts:
        if post.status != LetterStatus.READ:
            yield Obstacle(
                f"The letter to {post.application}: {post.status.lower()}.",
                About.LETTER,
                post.application,
            )


def _naming_members(call: Call, posts: Iterable[Post]) -> Iterator[Obstacle]:
    """A member may have joined since the letter was read."""
    names = names_of_members(call)
    letters = {post.application: post.letter for post in posts if post.letter}
    texts = {row.pk: [letter.subject, letter.text] for row, letter in letters.items()}
    feedback = Feedback.objects.filter(application__in=texts, criterion__in=criteria_of(call))
    for pk, text in feedback.values_list("application", "text"):
        texts[pk].append(text)
    for row in letters:
        if named := named_in("\n".join(texts[row.pk]), names):
            yield Obstacle(
                f"The letter to {row} names a member of the panel: {', '.join(named)}.",
                About.LETTER,
                row,
            )
