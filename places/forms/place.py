from typing import ClassVar

from django import forms

from accounts.forms.rows import RowForm
from places.models import Place


class PlaceForm(RowForm[Place]):
    class Meta:
        model = Place
        fields = ["name", "region", "area_type", "area_code", "note"]
        labels: ClassVar = {
            "name": "Name of the place",
            "area_type": "Kind of area",
            "area_code": "ONS area code",
        }
        help_texts: ClassVar = {
            "region": "For example, West Midlands",
            "area_type": "For example, metropolitan district or unitary authority",
            "area_code": "One capital letter and eight digits. For example, E08000025",
            "note": "For example, which councils make it up",
        }
        widgets: ClassVar = {"note": forms.Textarea({"rows": 4})}
