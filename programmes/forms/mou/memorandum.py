from typing import ClassVar

from django import forms

from accounts.forms.actions import ActionForm
from accounts.forms.rows import RowForm
from programmes.models import MOU

TITLE_HINT = "Such as “Memorandum of understanding on damp homes in Wakefield”"


class MOUBeginForm(ActionForm):
    title = forms.CharField(
        label="Title",
        max_length=200,
        required=False,
        help_text=f"{TITLE_HINT}. Left empty, it is as in the template of the programme",
    )


class MOUForm(RowForm[MOU]):
    class Meta:
        model = MOU
        fields = ["title", "review_on"]
        labels: ClassVar = {"title": "Title", "review_on": "Next review"}
        help_texts: ClassVar = {
            "title": TITLE_HINT,
            "review_on": "When the partners look at it together again, such as 20 May 2027",
        }
