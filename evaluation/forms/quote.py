"""Finding quotes to place."""

from typing import Any

from django import forms

from accounts.forms.wording import Form
from programmes.models import Dimension


class QuoteSearchForm(Form):
    says_optional = False
    dimension = forms.ModelChoiceField(
        label="Coded to",
        queryset=Dimension.objects.none(),
        required=False,
        empty_label="Any dimension",
    )
    words = forms.CharField(label="With the words", max_length=200, required=False)

    def __init__(self, *args: Any, frame: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dimensions = self.fields["dimension"]
        assert isinstance(dimensions, forms.ModelChoiceField)
        dimensions.queryset = Dimension.objects.filter(version=frame, parent=None).order_by(
            "position"
        )
