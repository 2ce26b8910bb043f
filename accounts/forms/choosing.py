"""Choosing one row of a register: from a drop-down list while they are few, by words once they are many.

Words that are a whole name choose its row. Words that are part of names bring the page back with a
drop-down list of what they fit. It needs no script, and no page ever carries the whole register.
"""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html
from django.utils.safestring import SafeString

LISTED = 50  # a list longer than this is found in, not looked through
LONGEST_ID = 19  # digits
CHOSEN = "="  # marks a row's id in a list of matches, where words could be meant as well
HINT = "Enter its name or a part of it. If several have it, you can then select one."


class RowSelect(forms.Select):
    """A drop-down list, or the words to find a row by; its field says which rows there are."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        field = cast("RowChoiceField", cast("ModelChoiceIterator[Any]", self.choices).field)
        listed = field.few(field.rows())
        if listed is None:
            return self._found(field, name, value, self.build_attrs(self.attrs, attrs), renderer)
        return self._listed(
            [(row.pk, field.label_from_instance(row)) for row in listed],
            str(field.empty_label or ""),
            (name, value, attrs, renderer),
        )

    def _found(
        self,
        field: "RowChoiceField",
        name: str,
        value: Any,
        attrs: dict[str, Any],
        renderer: BaseRenderer | None,
    ) -> SafeString:
        words = f"{CHOSEN}{value}" if isinstance(value, int) else typed(value)
        matches = field.few(field.found(words)) if words and not field.named(words) else None
        if not matches:
            return _words(name, words, attrs, renderer)
        return self._listed(
            [(f"{CHOSEN}{row.pk}", field.label_from_instance(row)) for row in matches],
            "None of these: find another",
            (name, words, attrs, renderer),
        )

    def _listed(
        self, options: list[tuple[Any, str]], empty: str, drawn: tuple[Any, ...]
    ) -> SafeString:
        return forms.Select(choices=[("", empty), *options]).render(*drawn)


def typed(value: Any) -> str:
    """What was sent, without what PostgreSQL cannot look for."""
    return str(value or "").replace("\0", "").strip()


def _words(
    name: str, words: str, attrs: dict[str, Any], renderer: BaseRenderer | None
) -> SafeString:
    hint = f"{attrs.get('id', name)}_finding"
    described = " ".join(filter(None, [str(attrs.get("aria-describedby", "")), hint]))
    drawn = forms.TextInput().render(
        name, words, {**attrs, "aria-describedby": described}, renderer
    )
    return format_html('<div class="govuk-hint" id="{}">{}</div>{}', hint, HINT, drawn)


if TYPE_CHECKING:
    _RowChoice = forms.ModelChoiceField[models.Model]
else:
    _RowChoice = forms.ModelChoiceField


class RowChoiceField(_RowChoice):
    """One row of a register; `find_by` is the field that holds its name."""

    widget = RowSelect

    def __init__(self, *args: Any, find_by: str = "name", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find_by = find_by

    def rows(self) -> "models.QuerySet[Any]":
        assert self.queryset is not None
        return self.queryset.all()

    def few(self, rows: "models.QuerySet[Any]") -> list[Any] | None:
        """The rows in a list that can be looked through; None if they are too many for that."""
        listed = list(rows[: LISTED + 1])
        return listed if len(listed) <= LISTED else None

    def found(self, words: str) -> "models.QuerySet[Any]":
        """The row that was selected among matches, or all that the words fit."""
        number = words.removeprefix(CHOSEN)
        if words.startswith(CHOSEN) and number.isdecimal() and len(number) < LONGEST_ID:
            return self.rows().filter(pk=int(number))
        return self.rows().filter(**{f"{self.find_by}__icontains": words})

    def named(self, words: str) -> Any | None:
        """The one row that has just this name."""
        rows = list(self.rows().filter(**{f"{self.find_by}__iexact": words})[:2])
        return rows[0] if len(rows) == 1 else None

    def to_python(self, value: Any) -> Any:
        words = typed(value)
        if not words or self.few(self.rows()) is not None:
            return super().to_python(words)
        chosen = self.found(words).first() if words.startswith(CHOSEN) else self.named(words)
        if chosen is None:
            raise ValidationError(self._which(words), code="invalid_choice")
        return chosen

    def _which(self, words: str) -> str:
        matches = self.few(self.found(words))
        if matches is None:
            return f"More than {LISTED} have “{words}” in their names. Enter more of the name"
        if not matches:
            return f"None has “{words}” in its name. Check the spelling, or enter less of the name"
        return f"Select which one you mean: these have “{words}” in their names"
