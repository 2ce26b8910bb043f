"""Forms whose messages name the field and say what to do: "Enter your full name", "Select a sector".

A form that says nothing gets sentences made from its labels. A field's own `error_messages` win over
them, and `asks` gives the words that follow "Enter", "Select" or "Upload" where a label alone would
read badly:

    class InvitationForm(Form):
        asks = {"name": "their full name"}
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.forms.models import ModelChoiceIterator

Row = TypeVar("Row", bound=models.Model)
Messages = dict[str, str]

DATE_EXAMPLE = "20 November 2026"
FIRST_YEAR, LAST_YEAR = 1900, 2100  # others are slips, and nobody can reckon with the year 9999
# Nobody sees these: control characters, which no workbook or document can hold, and those that turn
# the direction of all that follows.
_INVISIBLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ufffe\uffff]"
NOTHING_INVISIBLE = RegexValidator(
    _INVISIBLE, inverse_match=True, code="null_characters_not_allowed"
)
PICKED_FROM_A_LIST = (forms.ChoiceField, forms.ModelChoiceField)
PICKED_MANY = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


class Described(str):
    """The label of a radio button or checkbox with a line under it that says what it means."""

    hint: str

    def __new__(cls, label: str, hint: str) -> "Described":
        described = super().__new__(cls, label)
        described.hint = hint
        return described

    def __getnewargs__(self) -> Any:  # every form copies its choices
        return str(self), self.hint


def _inside_a_sentence(label: str) -> str:
    """The label without its capital, unless its first word is an abbreviation: "MOU" stays "MOU"."""
    first_word = label.split(" ", 1)[0]
    return label if first_word.isupper() else label[:1].lower() + label[1:]


def _with_article(noun: str, article: str) -> str:
    """With "a", "an" or "the", unless a word before the noun does its work, as "your" does."""
    if noun.startswith(("a ", "an ", "the ", "your ", "their ", "its ", "one ")):
        return noun
    if article == "a" and noun[:1].lower() in "aeio":
        article = "an"
    return f"{article} {noun}"


class _Wording:
    """What one field says: `label` begins a sentence, `asked` follows "Enter"."""

    def __init__(self, label: str, asked: str) -> None:
        self.label = label
        self.asked = asked or _inside_a_sentence(label)
        self.is_question = label.endswith("?")

    def required(self, verb: str, article: str) -> str:
        if self.is_question and self.asked == _inside_a_sentence(self.label):
            return f"Answer the question “{self.label}”"
        return f"{verb} {_with_article(self.asked, article)}"

    def general(self) -> Messages:
        return {
            "required": self.required("Enter", "the"),
            "unique": f"{self.label} must be different: another one has it already",
            "null_characters_not_allowed": (
                f"{self.label} holds a character that cannot be kept. Type it again without pasting"
            ),
            "max_length": (
                f"{self.label} must be %(limit_value)d characters or fewer. It has %(show_value)d"
            ),
            "min_length": (
                f"{self.label} must be %(limit_value)d characters or more. It has %(show_value)d"
            ),
            "min_value": f"{self.label} must be %(limit_value)s or more",
            "max_value": f"{self.label} must be %(limit_value)s or less",
        }

    def choice(self) -> Messages:
        return {
            "required": self.required("Select", "a"),
            "invalid_choice": self.required("Select", "a") + " that is in the list",
        }

    def choices(self) -> Messages:
        return {
            "required": f"Select one or more {self.asked}",
            "invalid_choice": f"Select {self.asked} that are in the list",
            "invalid_list": f"Select {self.asked} that are in the list",
            "invalid_pk_value": f"Select {self.asked} that are in the list",
        }

    def file(self) -> Messages:
        return {
            "required": self.required("Upload", "a"),
            "missing": self.required("Upload", "a"),
            "invalid": f"{self.label} did not arrive. Select the file and send it again",
            "empty": f"{self.label} is empty. Select a file that has something in it",
            "max_length": (
                f"{self.label} must have a name of %(max)d characters or fewer. It has %(length)d"
            ),
        }

    def number(self) -> Messages:
        return {
            "invalid": f"{self.label} must be a number, like 12.5",
            "max_digits": f"{self.label} must have %(max)s digits or fewer",
            "max_decimal_places": f"{self.label} must have %(max)s decimal places or fewer",
            "max_whole_digits": f"{self.label} must have %(max)s digits or fewer before the point",
        }


def _whole_number(wording: _Wording) -> Messages:
    return {"invalid": f"{wording.label} must be a whole number, like 12"}


def _date(wording: _Wording) -> Messages:
    return {
        "invalid": f"{wording.label} must be a date, like {DATE_EXAMPLE}",
        "unlikely_date": f"{wording.label} must have a year from {FIRST_YEAR} to {LAST_YEAR}",
    }


def _date_and_time(wording: _Wording) -> Messages:
    return {"invalid": f"{wording.label} must be a date and time, like {DATE_EXAMPLE} 14:30"}


def _email(wording: _Wording) -> Messages:
    return {"invalid": f"{wording.label} must be like name@example.org"}


def _web_address(wording: _Wording) -> Messages:
    return {"invalid": f"{wording.label} must be a web address, like https://example.org"}


def _tick(wording: _Wording) -> Messages:
    return {"required": f"Tick “{wording.label}” to go on"}


# The first kind that fits, and what it says beside (and over) the general sentences.
KINDS: list[
    tuple[type[forms.Field] | tuple[type[forms.Field], ...], Callable[[_Wording], Messages]]
]
KINDS = [
    (forms.IntegerField, _whole_number),  # first: DecimalField and FloatField derive from it
    (forms.DateField, _date),
    (forms.DateTimeField, _date_and_time),
    (forms.EmailField, _email),
    (forms.URLField, _web_address),
    (forms.FileField, _Wording.file),
    (PICKED_MANY, _Wording.choices),
    (forms.NullBooleanField, _Wording.choice),
    (forms.BooleanField, _tick),
    (PICKED_FROM_A_LIST, _Wording.choice),
]


def sentences(field: forms.Field, label: str, asked: str = "") -> Messages:
    """What `field` says when something is wrong with it, by the codes of Django's errors."""
    wording = _Wording(label, asked)
    messages = wording.general()
    if isinstance(field, (forms.FloatField, forms.DecimalField)):
        return messages | wording.number()
    for kind, special in KINDS:
        if isinstance(field, kind):
            return messages | special(wording)
    return messages


def _given_messages(field: forms.Field) -> Messages:
    """The messages that the form's author wrote, not those that came with the field's class."""
    by_class: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        by_class.update(getattr(kind, "default_error_messages", {}))
    return {
        code: str(message)
        for code, message in field.error_messages.items()
        if by_class.get(code) is not message
    }


if TYPE_CHECKING:
    _Choices = ModelChoiceIterator[Any]
else:
    _Choices = ModelChoiceIterator


class AtOnce(_Choices):
    """The rows to choose from in one query. Django's own opens a cursor, and asks it, and closes it."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        yield from map(self.choice, self.queryset)


def reword(form: forms.BaseForm, asks: dict[str, str]) -> None:
    """Give every field its sentences, every date its example and years, and a line only what shows."""
    for name, field in form.fields.items():
        label = str(field.label or forms.utils.pretty_name(name))
        given = _given_messages(field)
        field.error_messages = {
            **field.error_messages,
            **sentences(field, label, asks.get(name, "")),
            **given,
        }
        if isinstance(field, forms.DateField):
            _reword_date(field)
        if isinstance(field, forms.ModelChoiceField):
            field.iterator = AtOnce
            field.widget.choices = field.choices
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.Textarea):
            field.validators.append(NOTHING_INVISIBLE)


def likely_date(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError("Enter a likely date", code="unlikely_date")


def _reword_date(field: forms.DateField) -> None:
    field.validators.append(likely_date)
    field.help_text = field.help_text or f"For example, {DATE_EXAMPLE}"
    if isinstance(field.widget, forms.DateInput):
        field.widget.format = "%-d %B %Y"


class Worded:
    """Mixed into a form, ours or another package's, before its class."""

    asks: ClassVar[dict[str, str]] = {}
    says_optional: ClassVar[bool] = True  # a search says nothing of it, for all its fields are

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self, forms.BaseForm)
        reword(self, self.asks)


class Form(Worded, forms.Form):
    """A form whose messages say what to do."""


if TYPE_CHECKING:
    _RowForm = forms.ModelForm
else:

    class _RowForm(forms.ModelForm):
        """Django's, which may say what it is a form of: `ModelForm[Place]`."""

        def __class_getitem__(cls, row):
            return cls


class ModelForm(Worded, _RowForm[Row]):
    """A form about one row whose messages say what to do."""
