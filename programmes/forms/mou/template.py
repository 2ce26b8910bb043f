from typing import ClassVar

from django import forms

from accounts.forms.rows import RowForm
from programmes.models import MOUTemplate, TemplateClause


class TemplateForm(RowForm[MOUTemplate]):
    class Meta:
        model = MOUTemplate
        fields = ["title"]
        labels: ClassVar = {"title": "Title that MOUs begin with"}


class TemplateClauseForm(RowForm[TemplateClause]):
    class Meta:
        model = TemplateClause
        fields = ["heading", "text"]
        labels: ClassVar = {"heading": "Heading", "text": "Wording"}
        widgets: ClassVar = {"text": forms.Textarea({"rows": 8})}
        help_texts: ClassVar = {
            "text": "What partners are to fill in stands in [square brackets]: an MOU cannot be sent"
            " to be signed while any are left"
        }
