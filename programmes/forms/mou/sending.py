"""Sending an MOU to be signed: who signs for each party, who reads along, and by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.forms.actions import ActionForm
from accounts.forms.wording import DATE_EXAMPLE, NOTHING_INVISIBLE
from programmes.actions.mou.asking import Asked, Reader
from programmes.models import Party, SigningRule

MOST = 8  # signatories of one party, and readers
READERS = "reader"
CELLS = ("name", "post", "email")


class Row(NamedTuple):
    """Somebody's fields; a reader has no job title."""

    number: int
    fields: list[BoundField]


@dataclass(frozen=True)
class Group:
    """The fields of one party, or of those who only read."""

    key: str
    title: str
    rule: BoundField | None
    rows: list[Row]
    may_have_more: bool


def end_of(day: date) -> datetime:
    """The last second of a day in the time zone of the programme's people."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label="To be signed by",
        help_text=f"Until the end of this day. For example, {DATE_EXAMPLE}",
        error_messages={"required": "Enter the day by which it is to be signed"},
        **kwargs,
    )


def _line(label: str, autocomplete: str = "off") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        validators=[NOTHING_INVISIBLE],
        widget=forms.TextInput({"autocomplete": autocomplete}),
        error_messages={"max_length": f"{label} must be 200 characters or fewer"},
    )


def _email() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "E-mail address must be like name@example.org"},
    )


class SendForm(ActionForm):
    says_optional: ClassVar = False
    expires_at = day_field()
    message = forms.CharField(
        label="What to say to those who sign (optional)",
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 5, "spellcheck": "true"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parties: Sequence[Party],
        proposed: Mapping[int, Sequence[Mapping[str, str]]],
        typed: Mapping[str, Any] | None = None,
        more: str = "",
    ) -> None:
        """`proposed` are those who speak for a party. `typed` is shown again where `more` rows were
        asked for in one group.
        """
        super().__init__(data, initial=dict(typed or {}))
        self.parties = {f"party{party.pk}": party for party in parties}
        self.counts: dict[str, int] = {}
        sent = data or typed
        for key, party in self.parties.items():
            people = proposed.get(party.pk, [])
            count = self._sent(sent, key) if sent else max(len(people), 1)
            self._add(key, min(count + (more == key), MOST))
            if not sent:
                self._propose(key, people)
        count = self._sent(sent, READERS) if sent else 1
        self._add(READERS, min(count + (more == READERS), MOST))

    def _sent(self, sent: Mapping[str, Any], key: str) -> int:
        names = {f"{key}_{number}_name" for number in range(1, MOST + 1)}
        return max(sum(name in names for name in sent), 1)

    def _add(self, key: str, count: int) -> None:
        self.counts[key] = count
        for number in range(1, count + 1):
            self.fields[f"{key}_{number}_name"] = _line("Full name")
            if key != READERS:
                self.fields[f"{key}_{number}_post"] = _line("Job title")
            self.fields[f"{key}_{number}_email"] = _email()
        if key != READERS and count > 1:
            self.fields[f"{key}_rule"] = forms.ChoiceField(
                label="Who of them signs",
                choices=[(SigningRule.EACH, "Each of them"), (SigningRule.ANY, "Any one of them")],
                initial=SigningRule.EACH,
                widget=forms.RadioSelect,
                error_messages={"required": "Select who of them signs"},
            )

    def _propose(self, key: str, people: Sequence[Mapping[str, str]]) -> None:
        for number, person in enumerate(people[:MOST], start=1):
            for cell in CELLS:
                self.initial[f"{key}_{number}_{cell}"] = person[cell]

    @cached_property
    def groups(self) -> list[Group]:
        keys = [(key, str(party)) for key, party in self.parties.items()]
        keys.append((READERS, "Who only reads"))
        return [self._group(key, title) for key, title in keys]

    @property
    def problems(self) -> list[tuple[BoundField, Any]]:
        """For the summary of errors, in the order of the page."""
        fields = [field for group in self.groups for row in group.rows for field in row.fields]
        return [(field, field.errors) for field in [*fields, self["message"], self["expires_at"]]]

    def _group(self, key: str, title: str) -> Group:
        rule = f"{key}_rule"
        return Group(
            key=key,
            title=title,
            rule=self[rule] if rule in self.fields else None,
            rows=[
                Row(number, [self[name] for name in self._names(key, number)])
                for number in range(1, self.counts[key] + 1)
            ],
            may_have_more=self.counts[key] < MOST,
        )

    def _names(self, key: str, number: int) -> list[str]:
        names = [f"{key}_{number}_{cell}" for cell in CELLS]
        return [name for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        super().clean()
        for key, party in self.parties.items():
            if not self._check_rows(key):
                self.add_error(f"{key}_1_name", f"Say who signs for {party}")
        self._check_rows(READERS)
        return self.cleaned_data

    def _check_rows(self, key: str) -> bool:
        """Whether anybody is named; who is, is named with all that is needed."""
        begun = False
        for number in range(1, self.counts[key] + 1):
            names = self._names(key, number)
            missing = [
                name
                for name in names
                if not self.cleaned_data.get(name) and name not in self.errors
            ]
            if len(missing) == len(names):
                continue
            begun = True
            for name in missing:
                self.add_error(name, f"Enter the {str(self.fields[name].label).lower()}")
        return begun

    def _people(self, key: str) -> Iterator[dict[str, str]]:
        for number in range(1, self.counts[key] + 1):
            person = {
                cell: self.cleaned_data.get(f"{key}_{number}_{cell}", "").strip() for cell in CELLS
            }
            if person["email"]:
                yield person

    def values(self) -> dict[str, Any]:
        return {
            "expires_at": end_of(self.cleaned_data["expires_at"]),
            "message": self.cleaned_data["message"],
            "signatories": [
                Asked(party=party, rule=self._rule(key), **person)
                for key, party in self.parties.items()
                for person in self._people(key)
            ],
            "readers": [
                Reader(person["name"], person["email"]) for person in self._people(READERS)
            ],
        }

    def _rule(self, key: str) -> SigningRule:
        return SigningRule(self.cleaned_data.get(f"{key}_rule") or SigningRule.EACH)
