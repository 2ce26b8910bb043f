"""A form about one row that somebody else may change while it is open.

A hidden field carries a digest of each value as the page showed it. When the row differs from that
by the time the form is sent, nothing is saved: the second person is told who changed what, keeps what
they typed, gets the others' values where they typed nothing, and may save again.
"""

import datetime
import hashlib
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format

from accounts.forms.actions import ThroughAction
from accounts.forms.wording import ModelForm, Row
from accounts.models import AuditEvent

SALT = "accounts.forms.rows"
# What is shown as people type it, and not as Python writes it.
TYPED_OTHERWISE = (datetime.date, Decimal, list)


def _as_text(value: Any) -> str:
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"  # 10000.00 is as 10000
    return "" if value is None else str(value).replace("\r\n", "\n")


def _digest(value: Any) -> str:
    return hashlib.sha256(_as_text(value).encode()).hexdigest()[:16]


class RowForm(ThroughAction, ModelForm[Row]):
    """`through` an action is the only way to save it; the action says what must hold across rows."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: Row | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.row = instance
        self._own = [name for name in self.fields if name != "seen"]
        if instance is None:
            del self.fields["seen"]
        else:
            self.initial["seen"] = self._as_it_stands()

    def values(self) -> dict[str, Any]:
        """All but what the form needs for itself."""
        return {name: self.cleaned_data[name] for name in self._own}

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = value.replace("\r\n", "\n")
        if self.row is not None:
            self._notice_changes_of_others(self._seen())
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The model's validators alone. The row stays as it is stored, for the action to compare; what
        must hold across rows the action refuses in its own words.
        """
        for name in self._meta.fields or ():
            if name in self.cleaned_data:
                try:
                    field: Any = self.instance._meta.get_field(name)
                    field.run_validators(self.cleaned_data[name])
                except ValidationError as fault:
                    self.add_error(name, fault)

    def _as_it_stands(self) -> str:
        digests = {name: _digest(self.initial.get(name)) for name in self._own}
        return signing.dumps(digests, salt=SALT)

    def _seen(self) -> dict[str, str]:
        try:
            seen: dict[str, str] = signing.loads(self.cleaned_data.get("seen", ""), salt=SALT)
        except signing.BadSignature:
            return {}
        return seen

    def _notice_changes_of_others(self, seen: dict[str, str]) -> None:
        stands = {name: _digest(self.initial.get(name)) for name in self._own}
        sent = {name: _digest(self.cleaned_data.get(name)) for name in self._own}
        changed = [
            name for name in self._own if name in seen and seen[name] != stands[name] != sent[name]
        ]
        if not changed:
            return
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("seen")] = self._as_it_stands()
        for name in changed:
            if sent[name] == seen[name]:
                data[self.add_prefix(name)] = self._now_as_typed(name)
            else:
                self.add_error(name, f"{self._label(name)} is now “{self._now(name)}”")
        labels = ", ".join(self._label(name) for name in changed)
        self.add_error(
            None,
            f"{self._who()} changed this while you were editing: {labels}."
            " Nothing of yours is saved yet. Look at the fields below, then save again",
        )

    def _label(self, name: str) -> str:
        return str(self.fields[name].label or name)

    def _now(self, name: str) -> str:
        display = getattr(self.row, f"get_{name}_display", None)
        value = display() if display else getattr(self.row, name)
        if isinstance(value, TYPED_OTHERWISE):
            return self._now_as_typed(name)
        return str(value if value is not None else "")

    def _now_as_typed(self, name: str) -> str:
        value = self.initial.get(name)
        if isinstance(value, datetime.datetime):
            return value.strftime("%-d %B %Y %H:%M")
        if isinstance(value, datetime.date):
            return date_format(value)
        return _as_text(self.fields[name].prepare_value(value))

    def _who(self) -> str:
        assert self.row is not None
        last = AuditEvent.objects.filter(
            subject_kind=self.row._meta.label_lower, subject_id=str(self.row.pk)
        ).first()
        return last.by_name if last else "Somebody"
