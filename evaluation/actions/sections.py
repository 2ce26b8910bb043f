"""Writing a section. Whatever cannot be saved is kept as a draft first: nobody loses what they typed."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Person
from documents.texts import normalise
from evaluation.actions.case_studies import locked_for_writing, require_draft
from evaluation.models import (
    CaseStudy,
    Draft,
    Excerpt,
    QuotePlacement,
    Section,
    SectionRevision,
)
from evaluation.queries.quotes import excerpts_by_number, why_not_usable
from evaluation.quote_marks import Mark, marks

LONGEST = 100_000
BAD_QUOTE = "bad_quote"
TOO_LONG = "too_long"


class Conflict(Exception):
    """Somebody saved the section after the writer opened it. `draft` keeps what the writer typed."""

    def __init__(self, *, draft: Draft, current: SectionRevision) -> None:
        super().__init__(f"{current.saved_by_name} saved “{current.section}” in the meantime.")
        self.draft = draft
        self.current = current


def save_section(
    *, section: Section, text: str, based_on: int, by: Person, window: str = ""
) -> Section:
    """Save the text as the section's next revision; the same text again changes nothing.

    `based_on` is the number of the revision that the writer started from, `window` names the page
    they type in. Raises Conflict if the section moved on, ValidationError if the text cannot stand;
    either way the text is kept as a draft of that window.
    """
    text = normalise(text).text
    with transaction.atomic():
        case_study = locked_for_writing(section.case_study_id)
        current = Section.objects.select_related("dimension").get(pk=section.pk)
        if not 0 <= based_on <= current.number:
            raise ValidationError("Open the case study again: this page is not one of ours.")
        refusal = _write(case_study, current, text, based_on, by)
        drafts = Draft.objects.filter(section=current, person=by, window=window)
        if refusal is None:
            drafts.delete()
            return current
        draft, _ = Draft.objects.update_or_create(
            section=current, person=by, window=window, defaults={"text": text, "based_on": based_on}
        )
    if isinstance(refusal, SectionRevision):
        raise Conflict(draft=draft, current=refusal)
    raise refusal


def settle_draft(*, draft: Draft, text: str, based_on: int, by: Person) -> Section:
    """Save what became of a draft: the writer's text, or both combined. The draft is gone then."""
    return save_section(
        section=draft.section, text=text, based_on=based_on, by=by, window=draft.window
    )


def refusals(draft: Draft) -> list[str]:
    """Why the draft cannot be saved as it is, whoever saved what meanwhile."""
    section = draft.section
    try:
        require_draft(section.case_study)
        _check_length(section, draft.text)
        _placed(section.case_study, section, draft.text)
    except ValidationError as refusal:
        return refusal.messages
    return []


def discard_draft(*, draft: Draft, by: Person) -> None:
    """Throw away what could not be saved. Only its writer may."""
    Draft.objects.filter(pk=draft.pk, person=by).delete()


def _write(
    case_study: CaseStudy, section: Section, text: str, based_on: int, by: Person
) -> SectionRevision | ValidationError | None:
    """Write the next revision, or say what stands in the way."""
    if text == section.text:
        return None
    try:
        require_draft(case_study)
        _check_length(section, text)
        if based_on != section.number:
            return section.revisions.select_related("section__dimension").get(number=section.number)
        placed = _placed(case_study, section, text)
    except ValidationError as refusal:
        return refusal
    case_study.revision += 1
    case_study.save(update_fields=["revision"])
    section.number += 1
    section.text = text
    section.save(update_fields=["text", "number"])
    SectionRevision.objects.create(
        section=section,
        number=section.number,
        case_study_revision=case_study.revision,
        text=text,
        saved_by=by,
        saved_by_name=str(by),
    )
    section.placements.all().delete()
    QuotePlacement.objects.bulk_create(
        QuotePlacement(section=section, excerpt=excerpt, position=position)
        for position, excerpt in enumerate(placed, start=1)
    )
    return None


def _check_length(section: Section, text: str) -> None:
    if len(text) > LONGEST:
        raise ValidationError(
            f"“{section}” has {len(text):,} characters. Shorten it to {LONGEST:,} or fewer.",
            code=TOO_LONG,
        )


def _placed(case_study: CaseStudy, section: Section, text: str) -> list[Excerpt]:
    """The excerpts that the text quotes, in order.

    One that the section quotes already may stay when its evidence is withdrawn: pages and files
    flag it, and refusing it here would stop all other writing in the section.
    """
    wanted = marks(text)
    found = excerpts_by_number(case_study.project_id, (mark.number for mark in wanted))
    before = {mark.number for mark in marks(section.text)}
    faults = [
        fault
        for mark in wanted
        if (fault := _fault(mark, found.get(mark.number), mark.number in before, section))
    ]
    if faults:
        raise ValidationError(faults, code=BAD_QUOTE)
    return [found[mark.number] for mark in wanted]


def _fault(mark: Mark, excerpt: Excerpt | None, was_there: bool, section: Section) -> str:
    where = f"{mark.reference} in paragraph {mark.paragraph} of “{section}”"
    if excerpt is None:
        return f"{where} is no excerpt of this project. Remove it or place another quote."
    if (why := why_not_usable(excerpt)) and not was_there:
        return f"{where} cannot be quoted: {why}. Remove it or place another quote."
    return ""
