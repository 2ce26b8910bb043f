"""What was submitted, when and by whom, with a digest by which anyone can tell that nothing has changed."""

from collections.abc import Iterator

from django.template.defaultfilters import filesizeformat

from documents.manuscript import Block, DataTable, Manuscript, Part, Prose, Subheading
from documents.markdown import literally
from programmes.answers.amounts import amount_in_words
from programmes.answers.kinds import as_text
from programmes.models import QuestionKind, Submission, Support
from programmes.queries.submissions import Answered, read_submission
from programmes.queries.supports import supporters_of
from programmes.times import said

FILES = ("File", "Size", "SHA-256")
SUPPORT = ("Who", "Name", "Amount", "In their own words")
DIGEST = (
    "The SHA-256 is that of the answers as JSON in canonical form: keys of the questions in order,"
    " no spaces, UTF-8. A file is in it by its number; its own SHA-256 stands in the table of files."
)


def receipt(submission: Submission) -> Manuscript:
    application = submission.application
    call = application.call
    answers = read_submission(submission)
    return Manuscript(
        title="Receipt of an application",
        subtitle=application.place_name,
        cover=(
            ("Reference", application.reference),
            ("Call", call.title),
            ("Programme", f"{call.cohort.programme.name}, cohort {call.cohort.number}"),
            ("Submitted", said(submission.submitted_at, call)),
            ("By", submission.submitted_by_name),
            ("Submission", str(submission.number)),
        ),
        parts=(
            Part("Answers", tuple(_answers(answers))),
            Part("Files, support and digest", tuple(_record(submission, answers))),
        ),
        written_on=submission.submitted_at.astimezone(call.zone).date(),
    )


def _answers(answers: list[Answered]) -> Iterator[Block]:
    for each in answers:
        yield Subheading(each.question.wording)
        yield _answer(each)


def _answer(each: Answered) -> Block:
    if not each.is_answered:
        return Prose("*Not answered.*")
    if each.question.kind == QuestionKind.PARTNERS:
        rows = tuple((row.organisation, row.sector, row.part) for row in each.partners)
        return DataTable(each.question.wording, ("Organisation", "Sector", "Part"), rows)
    if each.question.kind == QuestionKind.FILE:
        return Prose(literally(each.file.file_name if each.file else "The file is gone."))
    return Prose(literally(as_text(each.question, each.value)))


def _record(submission: Submission, answers: list[Answered]) -> Iterator[Block]:
    if files := tuple(_files(answers)):
        yield DataTable("Files that were sent", FILES, files)
    if supports := tuple(_supports(submission)):
        yield DataTable("Support confirmed by then", SUPPORT, supports)
    yield Subheading("SHA-256 of the answers")
    yield Prose(literally(submission.sha256))
    yield Prose(literally(DIGEST))


def _files(answers: list[Answered]) -> Iterator[tuple[str, ...]]:
    for each in answers:
        if each.file:
            size = filesizeformat(each.file.size).replace("\xa0", " ")
            yield each.file.file_name, size, each.file.sha256


def _supports(submission: Submission) -> Iterator[tuple[str, ...]]:
    """As it stood when the application was submitted, so that a receipt stays what it is."""
    application = submission.application
    confirmed = {
        support.key: support
        for support in application.supports.filter(
            withdrawn_at=None, is_confirmed=True, answered_at__lte=submission.submitted_at
        )
    }
    for supporter in supporters_of(application.call_id):
        if support := confirmed.get(supporter.key):
            amount = "" if support.amount is None else amount_in_words(support.amount)
            yield supporter.who, _named(support), amount, support.words


def _named(support: Support) -> str:
    return ", ".join(filter(None, [support.name, support.post, support.organisation]))
