"""What the draft of a call consists of: its questions, criteria and supporters, in order.

A key, once given, stays with a part in all later versions, and no other part of the call ever gets it:
answers and scores hang on it.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.actions.audit import record
from accounts.actions.rows import add, change
from accounts.models import AuditKind, Person
from programmes.actions.call_versions import CAN_CHANGE
from programmes.events import CallEvent
from programmes.models import (
    CallVersion,
    Criterion,
    Dimension,
    Question,
    QuestionKind,
    Supporter,
)

AnyPart = Question | Criterion | Supporter
Part = TypeVar("Part", bound=AnyPart)

LONGEST_KEY = 60
MOST_CHOICES = 50
LONGEST_CHOICE = 200
ADDED: dict[type[Any], AuditKind] = {
    Question: CallEvent.QUESTION_ADDED,
    Criterion: CallEvent.CRITERION_ADDED,
    Supporter: CallEvent.SUPPORTER_ADDED,
}
CHANGED: dict[type[Any], AuditKind] = {
    Question: CallEvent.QUESTION_CHANGED,
    Criterion: CallEvent.CRITERION_CHANGED,
    Supporter: CallEvent.SUPPORTER_CHANGED,
}
REMOVED: dict[type[Any], AuditKind] = {
    Question: CallEvent.QUESTION_REMOVED,
    Criterion: CallEvent.CRITERION_REMOVED,
    Supporter: CallEvent.SUPPORTER_REMOVED,
}


def locked_draft(version: CallVersion) -> CallVersion:
    """The draft as it is stored, held until the transaction ends."""
    rows = CallVersion.objects.select_for_update(of=("self",))
    draft = rows.select_related("call__cohort__programme").filter(pk=version.pk).first()
    if draft is None or draft.published_at or draft.call.phase not in CAN_CHANGE:
        raise ValidationError(
            "This draft has been published or thrown away meanwhile. Open the call again"
        )
    return draft


@transaction.atomic
def change_words(*, version: CallVersion, by: Person, **values: Any) -> CallVersion:
    """What the call is for, what is offered, and the funding asked."""
    draft = locked_draft(version)
    programme = draft.call.cohort.programme
    return change(draft, values, by=by, kind=CallEvent.CHANGED, scope=programme)


@transaction.atomic
def add_question(
    *, version: CallVersion, kind: QuestionKind, by: Person, **values: Any
) -> Question:
    draft = locked_draft(version)
    row = Question(kind=kind, key=_free_key(draft, Question, values["wording"]), **values)
    check_question(kind, values)
    return _add(row, draft, by)


@transaction.atomic
def change_question(*, question: Question, by: Person, **values: Any) -> Question:
    """Its kind stays: answers of another kind would no longer fit it."""
    check_question(QuestionKind(question.kind), values)
    return _change(question, values, by)


@transaction.atomic
def add_criteria(
    *, version: CallVersion, dimensions: Iterable[Dimension], by: Person
) -> list[Criterion]:
    """One for each dimension that is not a criterion yet, to be weighted and anchored afterwards."""
    draft = locked_draft(version)
    taken = set(draft.criteria.values_list("dimension__key", flat=True))
    new = [dimension for dimension in dimensions if dimension.key not in taken]
    return [
        _add(Criterion(key=_key_of(draft, dimension), dimension=dimension), draft, by)
        for dimension in new
    ]


@transaction.atomic
def change_criterion(*, criterion: Criterion, by: Person, **values: Any) -> Criterion:
    return _change(criterion, values, by)


@transaction.atomic
def add_supporter(*, version: CallVersion, by: Person, **values: Any) -> Supporter:
    draft = locked_draft(version)
    return _add(Supporter(key=_free_key(draft, Supporter, values["who"]), **values), draft, by)


@transaction.atomic
def change_supporter(*, supporter: Supporter, by: Person, **values: Any) -> Supporter:
    return _change(supporter, values, by)


@transaction.atomic
def move_part(*, part: AnyPart, by: Person, up: bool) -> None:
    """One place up or down; at the end it stays where it is."""
    draft = locked_draft(part.version)
    rows = list(_siblings(part).order_by("position"))
    here = next((place for place, row in enumerate(rows) if row.pk == part.pk), None)
    if here is None:
        return  # somebody else has removed it
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    _number(rows)
    told = {"position": [str(here + 1), str(there + 1)]}
    programme = draft.call.cohort.programme
    record(CHANGED[type(part)], by=by, subject=part, scope=programme, changes=told)


@transaction.atomic
def remove_part(*, part: AnyPart, by: Person) -> None:
    """Published versions keep it, and what was answered stays."""
    draft = locked_draft(part.version)
    record(REMOVED[type(part)], by=by, subject=part, scope=draft.call.cohort.programme)
    rows = [row for row in _siblings(part).order_by("position") if row.pk != part.pk]
    part.delete()
    _number(rows)


def check_question(kind: QuestionKind, values: dict[str, Any]) -> None:
    """What must hold between the values of a question of this kind."""
    least, most = values.get("minimum"), values.get("maximum")
    if least is not None and most is not None and least > most:
        raise ValidationError({"maximum": "Enter the same as the least, or more"})
    if kind == QuestionKind.CHOICE:
        check_choices(values["choices"])


def check_choices(choices: list[str]) -> None:
    fault = ""
    if len(choices) < 2:
        fault = "Enter two or more, each on a line of its own"
    elif len({choice.casefold() for choice in choices}) < len(choices):
        fault = "Enter each of them once"
    elif len(choices) > MOST_CHOICES:
        fault = f"Enter {MOST_CHOICES} or fewer"
    elif max(map(len, choices)) > LONGEST_CHOICE:
        fault = f"Enter {LONGEST_CHOICE} characters or fewer on each line"
    if fault:
        raise ValidationError({"choices": fault})


def _add(row: Part, draft: CallVersion, by: Person) -> Part:
    row.version = draft
    last = _siblings(row).aggregate(last=Max("position"))["last"] or 0
    row.position = last + 1
    return add(row, by=by, kind=ADDED[type(row)], scope=draft.call.cohort.programme)


def _change(row: Part, values: dict[str, Any], by: Person) -> Part:
    programme = locked_draft(row.version).call.cohort.programme
    return change(row, values, by=by, kind=CHANGED[type(row)], scope=programme)


def _siblings(part: AnyPart) -> Any:
    return type(part)._default_manager.filter(version=part.version)


def _number(rows: list[Any]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["position"])


def _key_of(draft: CallVersion, dimension: Dimension) -> str:
    """What the dimension is known by in this call, also where it was a criterion once before."""
    earlier = Criterion.objects.filter(version__call=draft.call, dimension__key=dimension.key)
    known = earlier.values_list("key", flat=True).first()
    return known or _free_key(draft, Criterion, dimension.name)


def _free_key(draft: CallVersion, kind: type[Any], name: str) -> str:
    """Made from the name; no part of any version of this call has it."""
    wished = slugify(name)[:LONGEST_KEY].strip("-") or kind._meta.model_name
    rows = kind._default_manager.filter(version__call=draft.call)
    taken = set(rows.values_list("key", flat=True))
    key, number = wished, 1
    while key in taken:
        number += 1
        key = f"{wished}-{number}"
    return str(key)
