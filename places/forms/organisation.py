from typing import ClassVar

from django import forms

from accounts.forms.rows import RowForm
from places.models import Organisation


class OrganisationForm(RowForm[Organisation]):
    website = forms.URLField(
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="For example, https://example.org",
    )

    class Meta:
        model = Organisation
        fields = ["name", "sector", "website", "note"]
        labels: ClassVar = {"name": "Name of the organisation"}
        widgets: ClassVar = {"note": forms.Textarea({"rows": 4})}
