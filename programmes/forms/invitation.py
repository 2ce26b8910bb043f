from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from accounts.actions.invitations import invite
from accounts.forms.choosing import RowChoiceField
from accounts.forms.wording import Described, Form
from accounts.models import Invitation, Person
from accounts.roles import Role
from accounts.secret_links import Link
from places.models import Place
from programmes.models import Programme, Project


class InvitationForm(Form):
    """Whom to invite, and as what. An enabler belongs to a project, and a partner to a place."""

    asks = {"name": "their full name", "email": "their e-mail address"}

    name = forms.CharField(label="Full name", max_length=200)
    email = forms.EmailField(label="E-mail address")
    role = forms.ChoiceField(
        label="Role",
        choices=[
            (role.value, Described(role.label, role.description))
            for role in Role
            if role.is_granted_by_staff
        ],
        widget=forms.RadioSelect,
    )
    project = RowChoiceField(
        label="Project, for an enabler",
        queryset=Project.objects.none(),
        required=False,
        empty_label="None",
        find_by="place__name",
    )
    place = RowChoiceField(
        label="Place, for a partner",
        queryset=Place.objects.none(),
        required=False,
        empty_label="None",
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        projects = Project.objects.filter(programme=programme).order_by("slug")
        self._choose("project", projects.select_related("place").only("focus", "place__name"))
        places = Place.objects.filter(pk__in=projects.order_by().values("place"))
        self._choose("place", places.only("name"))

    def _choose(self, name: str, rows: models.QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if role == Role.ENABLER and not cleaned.get("project") and "project" not in self.errors:
            self.add_error("project", "Select the project that they work with")
        if role == Role.PARTNER and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", "Select the place that they belong to")
        return cleaned

    @property
    def scope(self) -> models.Model:
        """What the role would be held in."""
        scopes: dict[str, models.Model] = {
            Role.ENABLER: self.cleaned_data["project"],
            Role.PARTNER: self.cleaned_data["place"],
        }
        return scopes.get(self.cleaned_data["role"], self.programme)

    def send(self, *, by: Person, link: Link) -> Invitation | None:
        """The invitation, sent; or nothing, with what is wrong beside its field."""
        if not self.is_valid():
            return None
        try:
            return invite(
                email=self.cleaned_data["email"],
                name=self.cleaned_data["name"],
                role=Role(self.cleaned_data["role"]),
                scope=self.scope,
                by=by,
                link=link,
                within=self.programme,
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
