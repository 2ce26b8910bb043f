"""The form of one question. What is typed can be saved even where it cannot be submitted yet."""

from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from accounts.forms.wording import NOTHING_INVISIBLE
from documents.forms import KeptText, RevisionForm, WritingForm
from documents.texts import normalise
from places.models import Sector
from programmes.answers.amounts import amount_in_words, number_in_words, read_amount, read_number
from programmes.answers.kinds import MOST_PARTNERS, Value, fits
from programmes.models import Question, QuestionKind
from programmes.recognising import ACCEPTED

ANSWER = "answer"
WORDS = "words-left"  # the line under a text that counts
EMPTY_ROWS = 3
LISTED = 8  # more choices than these are a drop-down list
_K = QuestionKind


class Amount(forms.Field):
    """A number as people type it; stored as text, so that no penny is lost."""

    widget = forms.TextInput

    def __init__(self, *, is_money: bool, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.is_money = is_money

    def to_python(self, value: Any) -> str | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return str(read_amount(typed) if self.is_money else read_number(typed))
        except ValueError:
            example = "an amount in pounds, like 10,000" if self.is_money else "a number, like 12.5"
            raise forms.ValidationError(f"Enter {example}") from None

    def prepare_value(self, value: Any) -> Any:
        """As it was typed, or as we write what is stored."""
        if not isinstance(value, Stored):
            return value
        number = Decimal(value)
        return amount_in_words(number) if self.is_money else number_in_words(number)


class Stored(str):
    """A number as it is stored, and not as somebody typed it."""


class AnswerForm(WritingForm):
    """What one window answers to a question."""

    says_optional = False  # the question itself says so

    def __init__(self, *args: Any, question: Question, ids: str = "", **kwargs: Any) -> None:
        """`ids` begins the ids of its elements, where a page has more than one of them."""
        super().__init__(*args, auto_id=f"id_{ids}%s", **kwargs)
        self.question = question
        self.ids = ids
        self.build()

    def build(self) -> None:
        raise NotImplementedError

    @property
    def label(self) -> str:
        optional = "" if self.question.is_required else " (optional)"
        return f"{self.question.wording}{optional}"

    def show(self, value: Value) -> None:
        """Begin with the answer as it is stored."""
        self.initial[ANSWER] = value if fits(self.question, value) else None

    def value(self) -> Value:
        """What is to be stored, once the form is valid."""
        return self.cleaned_data[ANSWER]

    def lock(self) -> None:
        """Show the answer without letting it be changed."""
        if not self.is_bound:
            for field in self.fields.values():
                field.disabled = True


class TextForm(AnswerForm):
    def build(self) -> None:
        limit = self.question.word_limit
        attributes = {
            "rows": 6 if limit is not None and limit <= 150 else 14,
            "autocomplete": "off",
            "spellcheck": "true",
        }
        if limit is not None:
            hint = f"id_{self.ids}{ANSWER}_helptext " if self.question.hint else ""
            words = f"{self.ids}{WORDS}"
            attributes |= {"data-words-most": limit, "aria-describedby": f"{hint}{words}"}
        self.fields[ANSWER] = KeptText(
            label=self.label,
            help_text=self.question.hint,
            widget=forms.Textarea(attrs=attributes),
        )

    def lock(self) -> None:
        """Read-only and not disabled: it can still be selected and copied."""
        if not self.is_bound:
            self.fields[ANSWER].widget.attrs["readonly"] = True


class AmountForm(AnswerForm):
    def build(self) -> None:
        is_money = self.question.kind == _K.MONEY
        hint = "In pounds, for example 10,000." if is_money else ""
        self.fields[ANSWER] = Amount(
            is_money=is_money,
            label=self.label,
            help_text=" ".join(filter(None, [self.question.hint, hint])),
            widget=forms.TextInput(
                attrs={
                    "inputmode": "decimal",
                    "class": "govuk-input--width-10",
                    "autocomplete": "off",
                }
            ),
        )

    def show(self, value: Value) -> None:
        if isinstance(value, str) and fits(self.question, value):
            self.initial[ANSWER] = Stored(value)


class ChoiceForm(AnswerForm):
    def build(self) -> None:
        many = len(self.question.choices) > LISTED
        choices = [(choice, choice) for choice in self.question.choices]
        self.fields[ANSWER] = forms.ChoiceField(
            label=self.label,
            help_text=self.question.hint,
            choices=[("", "Not chosen yet"), *choices] if many else choices,
            widget=forms.Select if many else forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": "Select one of the choices"},
        )


class DeclarationForm(AnswerForm):
    def build(self) -> None:
        only_yes = "Only “yes” is eligible." if self.question.must_be_yes else ""
        self.fields[ANSWER] = forms.TypedChoiceField(
            label=self.label,
            help_text=" ".join(filter(None, [self.question.hint, only_yes])),
            choices=[("yes", "Yes"), ("no", "No")],
            widget=forms.RadioSelect,
            coerce=lambda chosen: chosen == "yes",
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": "Select yes or no"},
        )

    def show(self, value: Value) -> None:
        if isinstance(value, bool):
            self.initial[ANSWER] = "yes" if value else "no"


class FileForm(AnswerForm):
    """A file is sent by its button alone."""

    def build(self) -> None:
        allowed = f"One file: {ACCEPTED}."
        self.fields[ANSWER] = forms.FileField(
            label=self.label,
            help_text=" ".join(filter(None, [self.question.hint, allowed])),
            required=False,
            error_messages={
                "invalid": "The file did not arrive. Select it and send it again",
                "empty": "This file is empty. Select one that has something in it",
            },
        )

    def show(self, value: Value) -> None:
        """The page shows what is attached; a browser keeps no file in a form."""


class PartnerRow(NamedTuple):
    """The fields of one partner."""

    number: int
    organisation: BoundField
    sector: BoundField
    part: BoundField


CELLS = ("organisation", "sector", "part")


class PartnersForm(AnswerForm):
    """A table of partners: a group of fields for each, and some that are empty."""

    template_name = "programmes/partners_form.html"

    def __init__(self, *args: Any, rows: int = 0, **kwargs: Any) -> None:
        self.asked_rows = rows
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        self.sent = sum(name.startswith("organisation_") for name in self.data)
        self._add(max(self.sent, self.asked_rows, EMPTY_ROWS))

    def _add(self, count: int) -> None:
        self.count = min(count, MOST_PARTNERS)
        for number in range(1, self.count + 1):
            self.fields[f"organisation_{number}"] = _line("Organisation")
            self.fields[f"sector_{number}"] = forms.ChoiceField(
                label="Sector",
                required=False,
                choices=[("", "Select a sector"), *Sector.choices],
                error_messages={"invalid_choice": "Select a sector that is in the list"},
            )
            self.fields[f"part_{number}"] = _line("Its part in the work")

    def clean(self) -> dict[str, Any]:
        """No page of ours sends more than there is room for; what is sent is not left out in silence."""
        if self.sent > MOST_PARTNERS:
            self.add_error(
                None,
                f"At most {MOST_PARTNERS} partners can be kept. Put the smaller ones together",
            )
        return super().clean() or {}

    def show(self, value: Value) -> None:
        rows = value if isinstance(value, list) else []
        self._add(max(self.asked_rows, len(rows) + EMPTY_ROWS))
        for number, row in enumerate(rows, start=1):
            for cell in CELLS:
                self.initial[f"{cell}_{number}"] = row.get(cell, "")

    @property
    def rows(self) -> list[PartnerRow]:
        return [
            PartnerRow(number, *(self[f"{cell}_{number}"] for cell in CELLS))
            for number in range(1, self.count + 1)
        ]

    def value(self) -> Value:
        """The rows that are not empty."""
        rows = [
            {cell: self.cleaned_data.get(f"{cell}_{number}") or "" for cell in CELLS}
            for number in range(1, self.count + 1)
        ]
        return [row for row in rows if any(row.values())]


class _Line(forms.CharField):
    def to_python(self, value: Any) -> str:
        """One line, also of what was pasted from a table."""
        return " ".join(normalise(super().to_python(value) or "").text.split())


def _line(label: str) -> forms.CharField:
    field = _Line(
        label=label,
        required=False,
        error_messages={
            "null_characters_not_allowed": (
                f"{label} holds a character that cannot be kept. Type it again without pasting"
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field.validators.append(NOTHING_INVISIBLE)
    return field


FORMS: dict[str, type[AnswerForm]] = {
    _K.TEXT: TextForm,
    _K.NUMBER: AmountForm,
    _K.MONEY: AmountForm,
    _K.CHOICE: ChoiceForm,
    _K.DECLARATION: DeclarationForm,
    _K.FILE: FileForm,
    _K.PARTNERS: PartnersForm,
}


def answer_form(question: Question, *args: Any, rows: int = 0, **kwargs: Any) -> AnswerForm:
    """The form for a question of this kind; `rows` is how many partners it has room for."""
    more: dict[str, Any] = {"rows": rows} if question.kind == _K.PARTNERS else {}
    return FORMS[question.kind](*args, question=question, **more, **kwargs)


def blank_form(question: Question) -> AnswerForm:
    """As a writer sees it first, beside others on one page, and not to be filled in."""
    form = answer_form(question, ids=f"{question.key}-")
    form.lock()
    return form


class KeepForm(RevisionForm):
    """Which of two files to keep, where two people sent one."""

    MINE = "mine"

    keep = forms.ChoiceField(
        label="Which file is the answer?",
        choices=[(MINE, "The one that I sent"), ("theirs", "The one that is saved now")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select which file is the answer"},
    )
