from typing import Any, ClassVar

from django import forms

from accounts.forms.choosing import RowChoiceField
from accounts.forms.rows import RowForm
from programmes.models import Programme, Project

LABELS = {"focus": "Focus"}
HINTS = {"focus": "The problem that the partners work on, in one sentence"}
WIDGETS = {"focus": forms.Textarea({"rows": 3}), "note": forms.Textarea({"rows": 4})}


class ProjectForm(RowForm[Project]):
    class Meta:
        model = Project
        fields = ["cohort", "focus", "note"]
        labels = LABELS
        help_texts = HINTS
        widgets = WIDGETS

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = programme.cohorts.all()  # type: ignore[attr-defined]


class ProjectCreateForm(ProjectForm):
    class Meta:
        model = Project
        fields = ["place", "cohort", "focus", "note"]
        field_classes: ClassVar = {"place": RowChoiceField}
        labels = LABELS
        help_texts = HINTS
        widgets = WIDGETS
