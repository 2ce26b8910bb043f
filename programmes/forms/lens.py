from typing import Any, ClassVar

from django import forms

from accounts.forms.rows import RowForm
from programmes.models import Dimension, Lens, LensVersion

LABELS = {"purpose": "What it is for", "source": "Where it comes from"}
HINTS = {
    "purpose": "In one sentence",
    "source": "The book, article or decision, so that others can find it",
}
WIDGETS = {"purpose": forms.Textarea({"rows": 2}), "source": forms.Textarea({"rows": 4})}


class LensCreateForm(RowForm[LensVersion]):
    name = forms.CharField(label="Name of the lens", max_length=200)
    field_order = ["name", "purpose", "source"]

    class Meta:
        model = LensVersion
        fields = ["purpose", "source"]
        labels = LABELS
        help_texts = HINTS
        widgets = WIDGETS


class LensNameForm(RowForm[Lens]):
    class Meta:
        model = Lens
        fields = ["name"]
        labels: ClassVar = {"name": "Name of the lens"}


class LensDraftForm(RowForm[LensVersion]):
    class Meta:
        model = LensVersion
        fields = ["purpose", "source"]
        labels = LABELS
        help_texts = HINTS
        widgets = WIDGETS


class DimensionForm(RowForm[Dimension]):
    class Meta:
        model = Dimension
        fields = ["name", "meaning"]
        labels: ClassVar = {"name": "Name of the dimension", "meaning": "What it means"}
        help_texts: ClassVar = {
            "meaning": "In one sentence, so that two people would use it in the same way"
        }
        widgets: ClassVar = {"meaning": forms.Textarea({"rows": 2})}


class DimensionCreateForm(DimensionForm):
    parent = forms.ModelChoiceField(
        queryset=Dimension.objects.none(),
        required=False,
        label="Part of",
        empty_label="No other dimension: it stands by itself",
    )

    def __init__(self, *args: Any, version: LensVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = version.dimensions.filter(parent__isnull=True)
        self.fields["parent"].queryset = tops  # type: ignore[attr-defined]
