from typing import ClassVar

from django import forms
from django.db.models.functions import Lower

from accounts.forms.rows import RowForm
from programmes.models import LensVersion, Programme


class ProgrammeForm(RowForm[Programme]):
    frame = forms.ModelChoiceField(
        queryset=LensVersion.objects.filter(published_at__isnull=False)
        .select_related("lens")
        .order_by(Lower("lens__name"), "-number"),
        label="Lens of its findings",
        help_text="Case studies and reports order what they find by the dimensions of this lens",
        empty_label="Select a lens",
    )
    started = forms.IntegerField(
        label="Year it started",
        required=False,
        min_value=1900,
        max_value=2100,
        help_text="For example, 2013",
    )

    class Meta:
        model = Programme
        fields = ["name", "run_by", "on_behalf_of", "country", "started", "frame"]
        labels: ClassVar = {
            "name": "Name of the programme",
            "run_by": "Run by",
            "on_behalf_of": "On behalf of",
        }
