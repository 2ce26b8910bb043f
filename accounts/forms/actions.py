"""A form whose values go through one action: the action says what must hold, beside the fields."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.wording import Form

Result = TypeVar("Result")


class ThroughAction(forms.BaseForm):
    """What a form on its own and a form about a row share."""

    def through(self, action: Callable[..., Result], **arguments: Any) -> Result | None:
        """What `action` returns for the values sent, or nothing, with its refusals beside the fields."""
        if not self.is_valid():
            return None
        try:
            return action(**arguments, **self.values())
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None

    def values(self) -> dict[str, Any]:
        """What the action gets."""
        values: dict[str, Any] = self.cleaned_data
        return values


class ActionForm(ThroughAction, Form):
    """A form that is about no row."""
