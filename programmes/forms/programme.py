from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from accounts.forms.rows import RowForm
from programmes.models import LensVersion, Programme
from programmes.queries.lenses import published_versions


class ProgrammeForm(RowForm[Programme]):
    frame = forms.ModelChoiceField(
        queryset=LensVersion.objects.none(),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Q(pk__in=published_versions().values("pk")) | Q(pk=self.initial.get("frame"))
        versions = LensVersion.objects.filter(offered).select_related("lens")
        self.fields["frame"].queryset = versions.order_by("lens__name", "number")  # type: ignore[attr-defined]
