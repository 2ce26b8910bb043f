"""Criteria of a call: chosen from a lens, then weighted and anchored."""

from typing import Any, ClassVar

from django import forms

from accounts.forms.rows import RowForm
from accounts.forms.wording import Described, Form
from programmes.models import Criterion, Dimension


class CriteriaForm(Form):
    """Which dimensions of a lens become criteria."""

    dimensions = forms.MultipleChoiceField(
        label="Dimensions",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select one or more dimensions"},
    )

    def __init__(self, *args: Any, dimensions: list[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in dimensions}
        self.fields["dimensions"].choices = [  # type: ignore[attr-defined]
            (pk, Described(row.name, row.meaning)) for pk, row in self.rows.items()
        ]

    def chosen(self) -> list[Dimension]:
        """In the order of the lens."""
        return [row for pk, row in self.rows.items() if pk in self.cleaned_data["dimensions"]]


class CriterionForm(RowForm[Criterion]):
    weight = forms.IntegerField(
        label="Weight",
        min_value=1,
        max_value=100,
        help_text="From 1 to 100. A criterion of weight 2 counts twice as much as one of weight 1",
    )

    class Meta:
        model = Criterion
        fields = ["weight", "looks_like_1", "looks_like_3", "looks_like_5"]
        labels: ClassVar = {
            "looks_like_1": "What a 1 looks like",
            "looks_like_3": "What a 3 looks like",
            "looks_like_5": "What a 5 looks like",
        }
        widgets: ClassVar = {
            f"looks_like_{value}": forms.Textarea({"rows": 3}) for value in (1, 3, 5)
        }
