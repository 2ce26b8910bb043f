"""What operators read of a fault tells where it came from, and nothing of the people in a row."""

import pytest

from accounts.models import Person
from documents.faults import for_operators, scrubbed
from tests import builders


def told(raise_it: object, *arguments: object) -> str:
    try:
        raise_it(*arguments)  # type: ignore[operator]
    except Exception as fault:
        return for_operators(fault)
    raise AssertionError


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("division by zero", "division by zero"),
        ("invalid literal for int() with base 10: 'Jo Green'", "invalid literal for int() with base … …"),
        ("no place called Jo Green in the file", "no place called … … in the file"),
        ("mail to jo@example.org failed", "mail to … failed"),
        ("call 07700 900123", "call … …"),
        ("“we never trusted them” is too long", "… is too long"),
        ("a quotation that does not end: 'we never trusted them", "a quotation that does not end: …"),
        ('null value in column "posted_at"', 'null value in column "posted_at"'),
        ("it broke\nDETAIL: the row of jo", "it broke"),
        ("x" * 300, "x" * 200),
    ],
)  # fmt: skip
def test_values_are_left_out_of_a_message(message: str, kept: str) -> None:
    assert scrubbed(message) == kept


@pytest.mark.django_db
def test_a_row_that_the_database_refused_is_not_told_but_the_constraint_is() -> None:
    jo = builders.person("Jo Green", email="jo@example.org")
    line = told(lambda: Person.objects.create(name="Jo Green", email=jo.email))
    assert "IntegrityError: duplicate key value violates unique constraint" in line
    assert "UniqueViolation" in line
    assert "jo@" not in line
    assert "Jo Green" not in line


def test_it_names_our_places_in_the_source_and_the_one_where_it_was_raised() -> None:
    line = told(int, "Jo Green")
    assert line.startswith("ValueError: invalid literal")
    assert "  tests/documents/test_faults.py, line " in line
    assert ", in told" in line
    assert "raise_it(*arguments)" not in line  # no source, as it may hold a value


def test_what_brought_it_about_is_told_too() -> None:
    def fail() -> None:
        try:
            int("Jo Green")
        except ValueError as fault:
            raise LookupError from fault

    assert "LookupError\n" in told(fail)
    assert "brought about by\nValueError: invalid" in told(fail)
