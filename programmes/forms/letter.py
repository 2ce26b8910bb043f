"""Letters, their templates, and the feedback that goes with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from accounts.forms.rows import RowForm
from accounts.forms.wording import Form
from programmes.letters import placeholders
from programmes.models import LetterTemplate
from programmes.queries.letters import Comment, Comments, Post, Said

USE = "use"  # the comments that are ticked, by the id of their score


class LetterTemplateForm(RowForm[LetterTemplate]):
    class Meta:
        model = LetterTemplate
        fields = ["subject", "text"]
        widgets = {"text": forms.Textarea({"rows": 16})}

    def __init__(self, *args: Any, instance: LetterTemplate, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.words = [
            (f"{{{word}}}", meaning) for word, meaning in placeholders(instance.outcome).items()
        ]


@dataclass(frozen=True)
class Asked:
    """The feedback on one criterion, with what members wrote on it."""

    criterion: str
    feedback: BoundField
    comments: list[Comment]


class LetterForm(Form):
    """`based_on` and `decided` are the numbers of the letter and of the decision that the page shows."""

    says_optional = False

    subject = forms.CharField(label="Subject", max_length=200)
    text = forms.CharField(label="Letter", widget=forms.Textarea({"rows": 16}))
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    decided = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        post: Post,
        said: Sequence[Said],
        comments: Comments,
    ) -> None:
        self.said, self.comments = said, comments
        letter = post.letter
        assert letter
        initial: dict[str, Any] = {
            "subject": letter.subject,
            "text": letter.text,
            "based_on": letter.number,
            "decided": post.decided,
        }
        initial |= {f"feedback_{each.key}": each.text for each in said}
        super().__init__(data, initial=initial)
        for each in said:
            self.fields[f"feedback_{each.key}"] = forms.CharField(
                label=each.criterion, required=False, widget=forms.Textarea({"rows": 4})
            )

    def asked(self) -> Iterator[Asked]:
        for each in self.said:
            comments = self.comments.by_criterion.get(each.key, [])
            yield Asked(each.criterion, self[f"feedback_{each.key}"], comments)

    @property
    def feedback(self) -> dict[str, str]:
        return {
            each.key: self.cleaned_data[f"feedback_{each.key}"].replace("\r\n", "\n")
            for each in self.said
        }


def with_comments(sent: QueryDict, comments: Comments) -> QueryDict:
    """What was sent, with the comments that were ticked after the feedback on their criterion."""
    chosen, data = set(sent.getlist(USE)), sent.copy()
    for key, scores in comments.by_criterion.items():
        name = f"feedback_{key}"
        words = [score.comment.strip() for score in scores if str(score.pk) in chosen]
        data[name] = "\n\n".join(filter(None, [data.get(name, "").rstrip(), *words]))
    data.setlist(USE, [])
    return data


def again(sent: QueryDict, post: Post) -> QueryDict:
    """What was sent, now based on the letter and the decision as they are."""
    data = sent.copy()
    data["based_on"] = str(post.letter.number if post.letter else 0)
    data["decided"] = str(post.decided)
    return data


class ReadForm(Form):
    """The button that says that somebody has read a letter as it will leave."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    decided = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
