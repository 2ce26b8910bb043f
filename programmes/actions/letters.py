"""Letters: drafted from templates, edited, and read one by one before they leave."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import changes_between, record
from accounts.models import Person
from programmes.actions.call_phases import locked_call
from programmes.events import DecisionEvent
from programmes.letters import SHIPPED, Words, filled, placeholders, unknown_in, values_for
from programmes.models import Application, Call, Feedback, Letter, LetterTemplate, Phase
from programmes.queries.board import criteria_of
from programmes.queries.letters import (
    LetterStatus,
    Post,
    feedback_on,
    letter_to,
    letters_of,
    named_in,
    names_of_members,
    words_of,
)

RELEASE = "programmes.release_decisions"
LONGEST = 10_000
LETTER = "letter"  # all of it, where no field is to blame


class Moved(ValidationError):
    """Somebody else has changed the letter or its decision since the page was shown."""


@transaction.atomic
def change_template(
    *, call: Call, outcome: str, subject: str, text: str, by: Person
) -> LetterTemplate:
    """What letters of one outcome begin as. Letters that are drafted already stay as they are."""
    current = _writable(call, by)
    faults = {
        field: sentence
        for field, words in (("subject", subject), ("text", text))
        if (sentence := _about_braces(words, outcome))
    }
    if faults:
        raise ValidationError(faults)
    shipped = vars(SHIPPED[outcome])
    row, _ = LetterTemplate.objects.get_or_create(call=current, outcome=outcome, defaults=shipped)
    changes = changes_between(row, {"subject": subject, "text": text})
    if changes:
        row.subject, row.text = subject, text
        row.save(update_fields=["subject", "text"])
        _record(DecisionEvent.TEMPLATE_CHANGED, current, current, by, changes)
    return row


@transaction.atomic
def draft_letters(*, call: Call, by: Person) -> int:
    """A letter for every decision. Those that nobody has edited are made anew where they would differ."""
    current = _writable(call, by)
    templates = words_of(current)
    count = 0
    for post in letters_of(current):
        if post.letter is None or not post.letter.is_edited:
            count += _draft(post, current, templates)
    if count:
        _record(DecisionEvent.LETTERS_DRAFTED, current, current, by)
    return count


@transaction.atomic
def draft_again(*, application: Application, by: Person) -> None:
    """One letter as its template makes it, whatever was edited."""
    current = _writable(application.call, by)
    if _draft(_post(current, application), current, words_of(current)):
        _record(DecisionEvent.LETTER_CHANGED, application, current, by)


@transaction.atomic
def save_letter(
    *,
    application: Application,
    subject: str,
    text: str,
    feedback: Mapping[str, str],
    based_on: int,
    decided: int,
    by: Person,
) -> Letter:
    """Its words, and the feedback by key of criterion. Whoever has read it must read it again."""
    current = _writable(application.call, by)
    post = _post(current, application)
    letter = _as_seen(post, based_on, decided)
    criteria = {criterion.key: criterion for criterion in criteria_of(current)}
    feedback = {key: words.strip() for key, words in feedback.items() if key in criteria}
    typed = {f"feedback_{key}": words for key, words in feedback.items()}
    refuse_names_and_length({"subject": subject, "text": text} | typed, current)
    kept = {row.criterion_id: row.text for row in Feedback.objects.filter(application=application)}
    before = {key: kept.get(criteria[key].pk, "") for key in feedback}
    is_same = (letter.subject, letter.text) == (subject, text) and post.fits(letter)
    if is_same and before == feedback:
        return letter
    letter.is_edited = letter.is_edited or (letter.subject, letter.text) != (subject, text)
    _rewrite(letter, post, Words(subject, text))
    for key, words in feedback.items():
        if words:
            Feedback.objects.update_or_create(
                application=application, criterion=criteria[key], defaults={"text": words}
            )
        else:
            Feedback.objects.filter(application=application, criterion=criteria[key]).delete()
    _record(DecisionEvent.LETTER_CHANGED, application, current, by)
    return letter


@transaction.atomic
def mark_read(*, application: Application, based_on: int, decided: int, by: Person) -> Letter:
    """That somebody has read it as it will leave, with the decision that it tells."""
    current = _writable(application.call, by)
    post = _post(current, application)
    letter = _as_seen(post, based_on, decided)
    if post.status == LetterStatus.STALE:
        raise ValidationError(
            f"This letter was written for another decision: it is now “{post.verdict.in_words}”."
            " Change the letter first"
        )
    refuse_names_and_length({LETTER: letter_in_full(letter)}, current)
    if post.status == LetterStatus.UNREAD:
        letter.read_at, letter.read_by = timezone.now(), by
        letter.decision_number = post.decided
        letter.save(update_fields=["read_at", "read_by", "decision_number"])
        _record(DecisionEvent.LETTER_READ, application, current, by)
    return letter


def letter_in_full(letter: Letter) -> str:
    """Subject, text and feedback: all that leaves."""
    feedback = [each.text for each in feedback_on(letter.application)]
    return "\n".join([letter.subject, letter.text, *feedback])


def _writable(call: Call, by: Person) -> Call:
    """The call, held until the transaction ends, if `by` may write its letters now."""
    current = locked_call(call)
    if not by.has_perm(RELEASE, current):
        raise PermissionDenied
    if current.phase == Phase.RELEASED:
        raise ValidationError("The letters have been sent.")
    return current


def _post(call: Call, application: Application) -> Post:
    """The decision with its letter as they are now. Whoever holds the call's row holds both."""
    post = letter_to(call, application.number)
    if post is None:
        raise ValidationError("Nothing is decided of this application, so there is no letter.")
    return post


def _as_seen(post: Post, based_on: int, decided: int) -> Letter:
    """The letter, if it and its decision are what the page showed."""
    letter = post.letter
    if letter is None:
        raise ValidationError("This letter is not drafted yet.")
    if post.decided != decided:
        raise Moved(
            f"The decision has changed meanwhile: it is now “{post.verdict.in_words}”."
            " Check that the letter says so"
        )
    if letter.number != based_on:
        raise Moved("Somebody else has changed this letter since you opened it")
    return letter


def _draft(post: Post, call: Call, templates: Mapping[str, Words]) -> bool:
    """Whether the letter is another one now."""
    verdict = post.verdict
    words = filled(
        templates[verdict.outcome], values_for(post.application, call, order=verdict.order)
    )
    letter = post.letter
    if letter is None:
        letter = Letter(application=post.application, number=0)
    elif (letter.subject, letter.text) == (words.subject, words.text) and post.fits(letter):
        return False
    letter.is_edited = False
    _rewrite(letter, post, words)
    return True


def _rewrite(letter: Letter, post: Post, words: Words) -> None:
    letter.subject, letter.text = words.subject, words.text
    letter.outcome, letter.reserve_order = post.verdict.outcome, post.verdict.order
    letter.read_at = letter.read_by = None
    letter.number += 1
    letter.save()


def refuse_names_and_length(typed: Mapping[str, str], call: Call) -> None:
    """What is too long, and what names a member of the panel: that must not leave."""
    names = names_of_members(call)
    faults = {}
    for field, words in typed.items():
        if len(words) > LONGEST:
            faults[field] = (
                f"This has {len(words):,} characters. Shorten it to {LONGEST:,} or fewer"
            )
        elif named := named_in(words, names):
            faults[field] = (
                f"Take out the name of a member of the panel: {', '.join(named)}."
                " Applicants are not told who said what"
            )
    if faults:
        raise ValidationError(faults.get(LETTER, faults))


def _about_braces(words: str, outcome: str) -> str:
    unknown = unknown_in(words, outcome)
    if not unknown:
        return ""
    known = ", ".join(f"{{{word}}}" for word in placeholders(outcome))
    return f"{{{unknown[0]}}} means nothing in this letter. What can be filled in is {known}"


def _record(
    kind: DecisionEvent,
    subject: Application | Call,
    call: Call,
    by: Person,
    changes: dict[str, list[str]] | None = None,
) -> None:
    record(kind, by=by, subject=subject, scope=call.cohort.programme, changes=changes)
