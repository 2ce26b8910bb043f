"""What a party will do, and what became of it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet

from accounts.forms.actions import ActionForm
from accounts.forms.rows import RowForm
from accounts.forms.wording import Described
from programmes.models import Clause, Commitment, CommitmentState

# Held by validators, so that no browser cuts what is pasted.
LONGEST_WHAT, LONGEST_WORDS = 1_000, 1_000
WHAT_HINT = "Such as “Share our data on damp homes with the other partners”"
DUE_HINT = "Such as 20 May 2027. Left empty, it has no day and is never overdue"
SEEN_BY_HINT = "What the other partners could look at, such as “Four reports a year”"
CLAUSE_HINT = "The clause of the MOU that it carries out, if there is one"
STATES = [
    (CommitmentState.GOING.value, Described("Going", "It is being done, or has not begun yet")),
    (CommitmentState.DONE.value, Described("Done", "The others can see it")),
    (CommitmentState.SLIPPED.value, Described("Slipped", "It will be done, but later")),
    (CommitmentState.DROPPED.value, Described("Dropped", "It will not be done")),
]


if TYPE_CHECKING:
    _ClauseChoice = forms.ModelChoiceField[Clause]
else:
    _ClauseChoice = forms.ModelChoiceField


class ClauseField(_ClauseChoice):
    """One of the clauses as people cite them: by number and heading."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Clause.objects.none(), label="Clause", required=False, help_text=CLAUSE_HINT, **kwargs
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.heading}"


def what_field() -> forms.CharField:
    return forms.CharField(
        label="What you will do",
        validators=[MaxLengthValidator(LONGEST_WHAT)],
        widget=forms.Textarea({"rows": 3}),
        help_text=WHAT_HINT,
        error_messages={"required": "Say what you will do"},
    )


def seen_by_field() -> forms.CharField:
    return forms.CharField(
        label="How one would see it",
        validators=[MaxLengthValidator(LONGEST_WORDS)],
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=SEEN_BY_HINT,
    )


class CommitForm(ActionForm):
    what = what_field()
    due_on = forms.DateField(label="By when", required=False, help_text=DUE_HINT)
    seen_by = seen_by_field()
    clause = ClauseField()
    asks: ClassVar[dict[str, str]] = {"due_on": "day by which it is done"}

    def __init__(self, *args: Any, clauses: QuerySet[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = clauses  # type: ignore[attr-defined]


class CommitmentForm(RowForm[Commitment]):
    """Its words. What becomes of it is an update."""

    what = what_field()
    seen_by = seen_by_field()
    clause = ClauseField()

    class Meta:
        model = Commitment
        fields = ["what", "seen_by", "clause"]

    def __init__(self, *args: Any, clauses: QuerySet[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = clauses  # type: ignore[attr-defined]


class CommitmentUpdateForm(RowForm[Commitment]):
    state = forms.ChoiceField(label="What became of it?", choices=STATES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why, or how it goes",
        validators=[MaxLengthValidator(LONGEST_WORDS)],
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Needed if it slipped, is dropped or gets a later day. The other partners read it",
    )

    class Meta:
        model = Commitment
        fields = ["state", "due_on"]
        labels: ClassVar = {"due_on": "By when"}
        help_texts: ClassVar = {"due_on": DUE_HINT}

    field_order = ["state", "due_on", "reason"]
    asks: ClassVar[dict[str, str]] = {"due_on": "day by which it is done"}

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"state": CommitmentState(values["state"])}
