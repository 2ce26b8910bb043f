from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.forms.actions import ActionForm
from accounts.forms.choosing import RowChoiceField
from accounts.forms.rows import RowForm
from accounts.models import Person
from places.models import Organisation
from programmes.models import Clause, Party

PART_HINT = "Such as “Leads on housing”"


class PartyAddForm(ActionForm):
    organisation = RowChoiceField(queryset=Organisation.objects.none(), empty_label="")
    part = forms.CharField(
        label="Part in the work", max_length=200, required=False, help_text=PART_HINT
    )
    joined_on = forms.DateField(label="Joined on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.only("name").order_by("name", "pk")
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.initial.setdefault("joined_on", timezone.localdate())


class PartyForm(RowForm[Party]):
    class Meta:
        model = Party
        fields = ["part"]
        labels: ClassVar = {"part": "Part in the work"}
        help_texts: ClassVar = {"part": PART_HINT}


class PartyLeaveForm(ActionForm):
    left_on = forms.DateField(label="Left on")
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea({"rows": 3}),
        help_text="Everybody who reads the MOU sees this",
    )
    asks: ClassVar[dict[str, str]] = {"left_on": "day on which it left", "reason": "reason"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("left_on", timezone.localdate())


class RepresentativeForm(ActionForm):
    person = RowChoiceField(label="Who", queryset=Person.objects.none(), empty_label="")
    post = forms.CharField(label="Job title", max_length=200, required=False)
    asks: ClassVar[dict[str, str]] = {"person": "person"}

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ConcernsForm(ActionForm):
    parties = forms.ModelMultipleChoiceField(
        label="Whose is it?",
        queryset=Party.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A later change of the clause asks these for their consent. Tick none: it asks all",
    )
    says_optional = False

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = clause.mou.parties.filter(left_on=None).select_related("organisation")
        self.fields["parties"].queryset = rows.order_by(  # type: ignore[attr-defined]
            "organisation__name", "pk"
        )
        if not self.is_bound:
            self.initial["parties"] = list(clause.concerns.values_list("pk", flat=True))
