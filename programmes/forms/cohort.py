from typing import ClassVar

from django import forms

from accounts.forms.rows import RowForm
from programmes.models import Cohort


class CohortForm(RowForm[Cohort]):
    class Meta:
        model = Cohort
        fields = ["number", "started_on", "note"]
        labels: ClassVar = {"started_on": "Date it started"}
        help_texts: ClassVar = {"number": "1 is the cohort that started first"}
        widgets: ClassVar = {"note": forms.Textarea({"rows": 4})}
