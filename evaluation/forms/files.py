from django import forms

from accounts.forms.wording import Form
from evaluation.manuscripts.files import FORMATS


class FileForm(Form):
    """Which kind of file: each has a button of its own."""

    format = forms.ChoiceField(choices=[(suffix, suffix) for suffix in FORMATS])
