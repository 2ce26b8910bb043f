"""For whom somebody speaks: a question only for those who could speak for more than one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.forms.actions import ActionForm
from programmes.models import Party

NOBODY = "nobody"


class SpeakingForm(ActionForm):
    """`own` are the parties that the person speaks for; whoever facilitates may speak for none."""

    party = forms.ChoiceField(label="For whom do you speak?", widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, own: Sequence[Party], facilitates: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.speakers: dict[str, Party | None] = {str(party.pk): party for party in own}
        if facilitates:
            self.speakers[NOBODY] = None
        if len(self.speakers) == 1:
            del self.fields["party"]
        else:
            self.fields["party"].choices = [  # type: ignore[attr-defined]
                (value, str(party) if party else "For no party: I help to write it")
                for value, party in self.speakers.items()
            ]

    def values(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("party") or next(iter(self.speakers))
        return self.cleaned_data | {"party": self.speakers[chosen]}
