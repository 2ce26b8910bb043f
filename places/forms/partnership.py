from typing import Any, ClassVar

from accounts.forms.choosing import RowChoiceField
from accounts.forms.rows import RowForm
from places.models import Organisation, Partnership, Place

LABELS = {
    "part": "Part in the partnership",
    "joined_on": "Date it joined",
    "left_on": "Date it left",
}
PART_HINT = "For example, lead partner or host of the project team"


class PartnershipCreateForm(RowForm[Partnership]):
    """An organisation of the register that does not belong to the place yet."""

    class Meta:
        model = Partnership
        fields = ["organisation", "part", "joined_on"]
        labels = LABELS
        help_texts: ClassVar = {"part": PART_HINT}
        field_classes: ClassVar = {"organisation": RowChoiceField}

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.exclude(partnerships__place=place)
        self.fields["organisation"].queryset = others  # type: ignore[attr-defined]


class PartnershipForm(RowForm[Partnership]):
    class Meta:
        model = Partnership
        fields = ["part", "joined_on", "left_on"]
        labels = LABELS
        help_texts: ClassVar = {
            "part": PART_HINT,
            "left_on": "Leave empty while it belongs to the place",
        }
