from typing import ClassVar

from django import forms

from accounts.forms.rows import RowForm
from programmes.forms.typed import MoneyField
from programmes.models import Supporter


class SupporterForm(RowForm[Supporter]):
    amount = MoneyField(
        label="Amount that they confirm",
        required=False,
        help_text="For example, £10,000. Leave empty if they confirm no money",
    )

    class Meta:
        model = Supporter
        fields = ["who", "asked", "amount"]
        labels: ClassVar = {"who": "Who", "asked": "What they are asked to confirm"}
        help_texts: ClassVar = {
            "who": "For example, Senior sponsor",
            "asked": "They read this when they follow the link in their mail",
        }
        error_messages: ClassVar = {
            "who": {"required": "Say who must confirm"},
            "asked": {"required": "Say what they are asked to confirm"},
        }
        widgets: ClassVar = {"asked": forms.Textarea({"rows": 4})}
