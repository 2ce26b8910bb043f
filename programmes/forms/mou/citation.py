from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django import forms

from accounts.forms.actions import ActionForm
from programmes.models import MOU, Clause
from programmes.queries.mou.citations import CitableVersion


class CitationForm(ActionForm):
    """Which clause a thing cites: of the version in force first."""

    clause = forms.ChoiceField(label="Cites clause")
    asks: ClassVar[dict[str, str]] = {"clause": "the clause that it cites"}

    def __init__(
        self,
        *args: Any,
        mou: MOU,
        versions: Sequence[CitableVersion],
        cited: Collection[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mou = mou
        groups = [
            (
                version.title,
                [
                    (str(each.clause_id), each.title)
                    for each in version.clauses
                    if each.clause_id not in cited
                ],
            )
            for version in versions
        ]
        offered = [group for group in groups if group[1]]
        self.is_empty = not offered
        self.fields["clause"].choices = [("", "Choose a clause"), *offered]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {"clause": Clause(pk=int(self.cleaned_data["clause"]), mou=self.mou)}
