"""Finding quotes to place."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.forms.wording import Form
from programmes.models import Dimension


class QuoteSearchForm(Form):
    says_optional = False
    dimension = forms.TypedChoiceField(label="Coded to", required=False, empty_value=None)
    words = forms.CharField(label="With the words", max_length=200, required=False)

    def __init__(self, *args: Any, dimensions: Iterable[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(dimension.pk): dimension for dimension in dimensions}
        field = self.fields["dimension"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "Any dimension"), *((pk, str(each)) for pk, each in by_id.items())]
        field.coerce = by_id.__getitem__
