"""Every field of every model is declared: about a person, and then why and for how long, or not."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.actions import mail
from accounts.models import Invitation, OutgoingMail, Person
from accounts.personal import chapters, declarations
from accounts.tasks import forget
from tests import builders

WITHOUT_PEOPLE = {"contenttypes", "auth"}  # kinds of things, and groups that nobody uses
MODELS = [model for model in apps.get_models() if model._meta.app_label not in WITHOUT_PEOPLE]
# Sounds like a person, and is none: files, scopes, programmes' own words, what is never filled.
NOT_A_PERSONS = {
    "documents.Job.result_name",
    "programmes.Application.place_name",
    "programmes.ProgrammeImport.file_name",
    "evaluation.TextVersion.file_name",
    "socialaccount.SocialAccount.user",
    "account.EmailConfirmation.email_address",
}


def fields_of(model: type[models.Model]) -> set[str]:
    """Those with a column, and generic relations; not what points here from elsewhere."""
    fields = model._meta.get_fields()
    return {field.name for field in fields if field.concrete or not field.auto_created}


def sounds_personal(field: models.Field) -> bool:  # type: ignore[type-arg]
    points_at = field.related_model if field.is_relation else None
    return (
        points_at is Person
        or isinstance(field, models.EmailField)
        or field.name.endswith(("_by_name", "_email"))
        or (field.name.endswith("_name") and isinstance(field, models.CharField))
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_declared(model: type[models.Model]) -> None:
    declared = declarations().get(model._meta.label)
    assert declared, f"Declare {model._meta.label} in {model._meta.app_label}/privacy.py."
    assert declared.fields == fields_of(model)
    assert not set(declared.personal) & declared.not_personal


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_sounds_personal_is_declared_so(model: type[models.Model]) -> None:
    declared = declarations()[model._meta.label]
    suspects = {
        f"{model._meta.label}.{field.name}"
        for field in model._meta.fields
        if field.name in declared.not_personal and sounds_personal(field)
    }
    assert suspects <= NOT_A_PERSONS


def test_nothing_is_declared_that_does_not_exist() -> None:
    assert set(declarations()) == {model._meta.label for model in MODELS}


@pytest.mark.django_db
def test_the_privacy_page_says_all_of_it_to_everyone(client: Client) -> None:
    page = client.get("/accounts/privacy/").content.decode()
    for chapter in chapters():
        for held in chapter.held:
            for words in (chapter.heading, held.what, held.why, held.term.words):
                assert escape(words) in page


@pytest.mark.django_db
class TestForgetting:
    def ago(self, **much: int) -> object:
        return timezone.now() - timedelta(**much)

    def test_mail(self) -> None:
        for days in (31, 91, 1):
            mail.send(to=f"{days}@example.org", subject="", text="words")
            OutgoingMail.objects.filter(to=f"{days}@example.org").update(
                status="sent", queued_at=self.ago(days=days)
            )
        forget()
        kept = OutgoingMail.objects.order_by("to").values_list("to", "text")
        assert list(kept) == [("1@example.org", "words"), ("31@example.org", mail.REMOVED)]

    def test_mail_that_still_waits_is_kept(self) -> None:
        mail.send(to="jo@example.org", subject="", text="words")
        OutgoingMail.objects.update(queued_at=self.ago(days=400))
        forget()
        assert OutgoingMail.objects.get().text == "words"

    @pytest.mark.parametrize("fate", ["accepted", "withdrawn"])
    def test_closed_invitations(self, fate: str) -> None:
        invitation = builders.invitation(builders.programme())
        closed = {f"{fate}_at": self.ago(days=89), f"{fate}_by": invitation.invited_by}
        Invitation.objects.update(**closed)
        forget()
        assert Invitation.objects.exists()
        Invitation.objects.update(**{f"{fate}_at": self.ago(days=91)})
        forget()
        assert not Invitation.objects.exists()

    def test_expired_invitations(self) -> None:
        builders.invitation(builders.programme(), expires_at=self.ago(days=91))
        forget()
        assert not Invitation.objects.exists()

    def test_sessions(self, client: Client) -> None:
        client.force_login(builders.person())
        forget()
        assert Session.objects.exists()
        Session.objects.update(expire_date=self.ago(seconds=1))
        forget()
        assert not Session.objects.exists()
