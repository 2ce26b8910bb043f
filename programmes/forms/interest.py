"""Declaring conflicts of interest, and settling them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from accounts.forms.actions import ActionForm
from accounts.forms.wording import Form
from accounts.models import Person
from programmes.actions.interests import Declared, declare
from programmes.models import Application, PanelMember, Standing

NO, YES = "no", "yes"
LONGEST = 1000


@dataclass(frozen=True)
class Asked:
    """One place on the page, with its two fields."""

    application: Application
    conflict: BoundField
    words: BoundField


class DeclarationForm(Form):
    """A question for each place that applied. What was answered stays when something is missing."""

    says_optional = False

    def __init__(self, *args: Any, applications: Iterable[Application], **kwargs: Any) -> None:
        self.applications = list(applications)
        super().__init__(*args, **kwargs)
        for application in self.applications:
            name = application.place_name
            self.fields[f"conflict_{application.pk}"] = forms.ChoiceField(
                label=name,
                choices=[(NO, "No conflict"), (YES, "I have or may have a conflict")],
                widget=forms.RadioSelect({"class": "govuk-radios--inline govuk-radios--small"}),
                error_messages={"required": f"Say whether you have a conflict with {name}"},
            )
            self.fields[f"words_{application.pk}"] = forms.CharField(
                label=f"What the conflict with {name} is",
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )

    def asked(self) -> Iterator[Asked]:
        for application in self.applications:
            yield Asked(
                application,
                self[f"conflict_{application.pk}"],
                self[f"words_{application.pk}"],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for application in self.applications:
            said = cleaned.get(f"conflict_{application.pk}")
            words = cleaned.get(f"words_{application.pk}")
            if said == YES and words is not None and not words.strip():
                self.add_error(
                    f"words_{application.pk}",
                    f"Say what the conflict with {application.place_name} is",
                )
        return cleaned

    def save(self, *, member: PanelMember, by: Person) -> bool:
        """Whether it was declared; if not, the sentences stand beside the fields."""
        if not self.is_valid():
            return False
        said = {
            application.pk: Declared(
                is_conflict=self.cleaned_data[f"conflict_{application.pk}"] == YES,
                words=self.cleaned_data[f"words_{application.pk}"],
            )
            for application in self.applications
        }
        try:
            declare(member=member, declared=said, by=by)
        except ValidationError as refusal:
            # A place that became eligible while the page was open is on the page that follows.
            self.add_error(None, list(refusal.messages))
            return False
        return True


class SettlementForm(ActionForm):
    standing = forms.ChoiceField(
        label="What applies?",
        choices=[
            (Standing.CLEAR, "No conflict: they may read and score"),
            (Standing.RECUSED, "Recused: they see nothing of this application"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether they are recused"},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="The minutes name this reason.",
        error_messages={"required": "Say why"},
    )

    def clean_standing(self) -> Standing:
        return Standing(self.cleaned_data["standing"])


class LaterForm(ActionForm):
    """A conflict that a member sees when they read."""

    words = forms.CharField(
        label="What is the conflict?",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say what the conflict is"},
    )
