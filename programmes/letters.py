"""What letters begin as, and the words in braces that are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from programmes.models import Application, Call, DecisionOutcome

IN_BRACES = re.compile(r"\{([^{}\n]{0,40})\}")
MEANS = {
    "place": "the place, as the applicants call it",
    "reference": "the number of the application, like A7",
    "call": "the title of the call",
    "programme": "the name of the programme",
    "cohort": "the cohort, like Cohort 1",
    "order": "the place on the reserve list, like 1",
}


@dataclass(frozen=True)
class Words:
    """A letter or its template."""

    subject: str
    text: str


SHIPPED: dict[str, Words] = {
    DecisionOutcome.SELECT: Words(
        "{place} is selected: {call}",
        "Dear colleagues in {place},\n\n"
        "Thank you for your application {reference} to “{call}”. We are glad to tell you that the"
        " panel has selected {place} for {cohort} of {programme}.\n\n"
        "We will write to you soon about how you begin. If you cannot take part after all, tell us"
        " as soon as you know: other places are waiting.\n\n"
        "What the panel thought of your application stands below, criterion by criterion.\n\n"
        "Yours sincerely,\n"
        "the staff of {programme}",
    ),
    DecisionOutcome.RESERVE: Words(
        "{place} is on the reserve list: {call}",
        "Dear colleagues in {place},\n\n"
        "Thank you for your application {reference} to “{call}”. More places applied than we can"
        " take. The panel has put {place} on the reserve list, in place {order}: if a place that was"
        " selected cannot take part, the first on the list moves up, and we write to you at once.\n\n"
        "What the panel thought of your application stands below, criterion by criterion.\n\n"
        "Yours sincerely,\n"
        "the staff of {programme}",
    ),
    DecisionOutcome.DECLINE: Words(
        "{place} is not selected: {call}",
        "Dear colleagues in {place},\n\n"
        "Thank you for your application {reference} to “{call}”, and for the work that you and your"
        " partners have put into it. More places applied than we can take, and we are sorry to tell"
        " you that the panel has not selected {place} this time.\n\n"
        "What the panel thought of your application stands below, criterion by criterion. We hope"
        " that it is of use to you, whatever you do next.\n\n"
        "Yours sincerely,\n"
        "the staff of {programme}",
    ),
}
MOVED_UP = Words(
    "{place} is selected: {call}",
    "Dear colleagues in {place},\n\n"
    "You were on the reserve list of “{call}” with your application {reference}. A place that was"
    " selected cannot take part. We are glad to tell you that {place} has moved up, and is selected"
    " for {cohort} of {programme}.\n\n"
    "We will write to you soon about how you begin. If you cannot take part after all, tell us as"
    " soon as you know: other places are waiting.\n\n"
    "Yours sincerely,\n"
    "the staff of {programme}",
)


def placeholders(outcome: str) -> dict[str, str]:
    """{word: what it stands for} in a letter of this outcome."""
    return {
        word: meaning
        for word, meaning in MEANS.items()
        if word != "order" or outcome == DecisionOutcome.RESERVE
    }


def unknown_in(text: str, outcome: str) -> list[str]:
    """What stands in braces and means nothing there."""
    known = placeholders(outcome)
    return sorted({word for word in IN_BRACES.findall(text) if word not in known})


def values_for(application: Application, call: Call, order: int | None = None) -> dict[str, str]:
    return {
        "place": application.place_name,
        "reference": application.reference,
        "call": call.title,
        "programme": call.cohort.programme.name,
        "cohort": str(call.cohort),
        "order": str(order or ""),
    }


def filled(words: Words, values: Mapping[str, str]) -> Words:
    """With what the words in braces stand for; what is filled in is not looked through again."""

    def fill(text: str) -> str:
        return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), text)

    return Words(" ".join(fill(words.subject).split())[:200], fill(words.text))
