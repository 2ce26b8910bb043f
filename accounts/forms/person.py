from accounts.forms.wording import ModelForm
from accounts.models import Person


class PersonForm(ModelForm[Person]):
    """A person's own name."""

    asks = {"name": "your full name"}

    class Meta:
        model = Person
        fields = ["name"]
