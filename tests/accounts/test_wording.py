"""A form's messages name the field and say what to do."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.forms.wording import Described, Form
from places.models import Sector

SECTORS = [("", "Select"), *Sector.choices]


class Everything(Form):
    asks = {"name": "your full name"}

    name = forms.CharField(label="Full name", max_length=10)
    note = forms.CharField(required=False, min_length=3)
    email = forms.EmailField(label="E-mail address")
    website = forms.URLField(assume_scheme="https")
    sector = forms.ChoiceField(choices=SECTORS)
    organisation = forms.ChoiceField(choices=[("", ""), ("1", "One")])
    roles = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])
    year = forms.IntegerField(min_value=1990, max_value=2100)
    score = forms.DecimalField(max_digits=4, decimal_places=1)
    started = forms.DateField(label="Start date")
    met = forms.DateTimeField(label="Met at")
    file = forms.FileField(max_length=20)
    agreed = forms.BooleanField(label="I agree")
    why = forms.CharField(label="Why now?")


RIGHT = {
    "name": "Ada",
    "email": "ada@example.org",
    "website": "example.org",
    "sector": Sector.LOCAL_GOVERNMENT,
    "organisation": "1",
    "roles": ["a"],
    "year": "2013",
    "score": "12.5",
    "started": "20 November 2026",
    "met": "2026-11-20 14:30",
    "agreed": "on",
    "why": "It is time",
}


def errors(**changes: Any) -> dict[str, list[str]]:
    file = changes.pop("file", SimpleUploadedFile("notes.txt", b"text"))
    form = Everything({**RIGHT, **changes}, {"file": file} if file else {})
    return dict(form.errors)


def test_what_is_right_has_no_errors() -> None:
    assert errors() == {}


def test_nothing_given_says_what_to_give() -> None:
    assert Everything({}).errors == {
        "name": ["Enter your full name"],
        "email": ["Enter the e-mail address"],
        "website": ["Enter the website"],
        "sector": ["Select a sector"],
        "organisation": ["Select an organisation"],
        "roles": ["Select one or more roles"],
        "year": ["Enter the year"],
        "score": ["Enter the score"],
        "started": ["Enter the start date"],
        "met": ["Enter the met at"],
        "file": ["Upload a file"],
        "agreed": ["Tick “I agree” to go on"],
        "why": ["Answer the question “Why now?”"],
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "Ada Lovelace", "Full name must be 10 characters or fewer. It has 12"),
        ("name", "A\x00", "Full name holds a character that cannot be kept."),
        ("note", "no", "Note must be 3 characters or more. It has 2"),
        ("email", "ada", "E-mail address must be like name@example.org"),
        ("website", "two words", "Website must be a web address, like https://example.org"),
        ("sector", "moon", "Select a sector that is in the list"),
        ("roles", ["a", "z"], "Select roles that are in the list"),
        ("year", "soon", "Year must be a whole number, like 12"),
        ("year", "1066", "Year must be 1990 or more"),
        ("year", "3000", "Year must be 2100 or less"),
        ("score", "high", "Score must be a number, like 12.5"),
        ("score", "12345", "Score must have 4 digits or fewer"),
        ("score", "1.25", "Score must have 1 decimal places or fewer"),
        ("started", "31 February 2026", "Start date must be a date, like 20 November 2026"),
        ("started", "1 January 0202", "Start date must have a year from 1900 to 2100"),
        ("started", "31/12/9999", "Start date must have a year from 1900 to 2100"),
        ("met", "noon", "Met at must be a date and time, like 20 November 2026 14:30"),
        ("file", SimpleUploadedFile("a.txt", b""), "File is empty."),
        ("file", SimpleUploadedFile(f"{'a' * 30}.txt", b"x"), "File must have a name of 20"),
        ("name", "A\x07da", "Full name holds a character that cannot be kept. Type it again"),
        ("name", "\u202eadA", "Full name holds a character that cannot be kept. Type it again"),
    ],
)
def test_bad_input_is_named_with_its_field(field: str, value: object, sentence: str) -> None:
    assert errors(**{field: value})[field][0].startswith(sentence)


@pytest.mark.parametrize(
    "typed",
    ["20 November 2026", "20 nov 2026", "20/11/2026", "20/11/26", "20.11.2026", "2026-11-20"],
)
def test_a_date_may_be_typed_as_people_type_dates(typed: str) -> None:
    form = Everything({"started": typed})
    assert "started" not in form.errors
    assert str(form.cleaned_data["started"]) == "2026-11-20"


def test_a_field_s_own_message_wins() -> None:
    class Own(Form):
        name = forms.CharField(error_messages={"required": "Say who you are"})

    assert Own({}).errors == {"name": ["Say who you are"]}


def test_a_described_choice_is_its_label_with_a_hint() -> None:
    role = Described("Evaluator", "Reads interview texts")
    assert role == "Evaluator"
    assert role.hint == "Reads interview texts"
