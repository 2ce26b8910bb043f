"""What an action refuses, said beside the fields."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError

Result = TypeVar("Result")


def through(form: forms.BaseForm, action: Callable[[], Result]) -> Result | None:
    """What `action` returns, or nothing, with its refusals put on the form."""
    try:
        return action()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
