"""Forms in which an application is started."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms

from accounts.forms.wording import Form
from programmes.models import Application

TICK = "Tick the box if yours is another application"


def _place_name() -> forms.CharField:
    return forms.CharField(
        label="Place",
        max_length=200,
        help_text="The area that you apply for, as you call it. For example, Wakefield District",
    )


def _another() -> forms.BooleanField:
    return forms.BooleanField(
        label="Ours is another application", error_messages={"required": TICK}
    )


class StartForm(Form):
    """For whom we do not know yet: we write to the address, and go on from there."""

    asks = {
        "email": "your e-mail address",
        "name": "your full name",
        "place_name": "the name of your place",
    }
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="We send you a link to go on with. You need no account and no password.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label="Your full name",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    place_name = _place_name()
    others: ClassVar[
        list[Application]
    ] = []  # told only to whoever has shown that the address is theirs


class AnotherForm(Form):
    """Asks for nothing but, where the place has an application already, whether this is another."""

    another = _another()

    def __init__(self, *args: Any, others: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        if not others:
            del self.fields["another"]


class PlaceNameForm(Form):
    """For whoever is signed in. `find` names the applications that a place has already."""

    asks = {"place_name": "the name of your place"}
    place_name = _place_name()
    another = _another()

    def __init__(self, *args: Any, find: Callable[[str], list[Application]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self["place_name"].value() if self.is_bound else ""
        self.others = find(name) if name else []
        if not self.others:
            del self.fields["another"]


class WithdrawForm(Form):
    """That the whole application is to be withdrawn, and why if they wish to say so."""

    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The staff of the programme read this.",
    )
    sure = forms.BooleanField(
        label="Withdraw this application for good",
        error_messages={"required": "Tick the box to withdraw the application for good"},
    )
