"""What holds for the rows of every room: who and when travel together."""

import pytest
from django.apps import apps
from django.db import models

ROOMS = {"accounts", "documents", "places", "programmes", "enablers", "evaluation"}
MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]

# Moments of the machinery, or of the row's own person: nobody else did it.
BY_NOBODY = {
    "accounts.Invitation.expires_at",
    "accounts.OutgoingMail.claimed_at",
    "accounts.OutgoingMail.due_at",
    "accounts.OutgoingMail.message_sent_at",
    "accounts.OutgoingMail.queued_at",
    "accounts.OutgoingMail.sent_at",
    "accounts.Person.joined_at",
    "documents.Job.finished_at",
    "documents.Job.message_sent_at",
    "documents.Job.started_at",
    "documents.SealCertificate.made_known_at",  # by a command, as the audit trail tells
    "documents.SealCertificate.retired_at",
    "documents.SealedFile.sealed_at",  # by Placework
    "documents.SealedFile.verified_at",
    "evaluation.Draft.kept_at",  # its person's
    "evaluation.Upload.read_at",  # by the worker
    "programmes.AnswerDraft.kept_at",  # its person's
    "programmes.Call.closes_at",
    "programmes.Call.opens_at",
    "programmes.CallVersion.created_at",  # as the audit trail tells
    "programmes.Correction.due_at",
    "programmes.Interest.declared_at",  # the member's
    "programmes.LensVersion.created_at",  # shipped, or drafted as the audit trail tells
    "programmes.Letter.sent_at",  # as the release tells
    "programmes.MOUVersion.created_at",  # as the audit trail tells
    "programmes.MOUVersion.staff_told_at",  # by Placework
    "programmes.PrivateNote.written_at",  # the member's
    "programmes.ProgrammeImport.checked_at",  # the importer's, as uploaded_by
    "programmes.ProgrammeImport.saved_at",
    "programmes.ScoreSheet.saved_at",  # the member's
    "programmes.ScoreSheet.submitted_at",
    "programmes.Signatory.asked_at",  # by whoever sent the version; a successor, as the trail tells
    "programmes.Signatory.reminded_at",  # as the trail tells
    "programmes.Signature.signed_at",  # the signatory's
    "programmes.Signing.expires_at",
    "programmes.SigningCode.expires_at",
    "programmes.SigningCode.sent_at",  # the signatory asked
    "programmes.SigningCode.used_at",
    "programmes.SigningEvent.happened_at",  # what it tells says who
    "programmes.SubmittedScores.submitted_at",
    "programmes.Support.answered_at",  # the supporter's
    "programmes.Support.expires_at",
    "programmes.Support.withdrawn_at",  # as the audit trail tells
}


def moments(model: type[models.Model]) -> list[str]:
    return [
        field.name.removesuffix("_at")
        for field in model._meta.fields
        if isinstance(field, models.DateTimeField) and field.name.endswith("_at")
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_when_has_who(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.fields}
    lonely = {
        f"{model._meta.label}.{moment}_at"
        for moment in moments(model)
        if f"{moment}_by" not in names
    }
    assert lonely <= BY_NOBODY


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_may_be_empty_is_empty_together(model: type[models.Model]) -> None:
    """The database refuses one without the other, unless a name beside them says who it was."""
    fields = {field.name: field for field in model._meta.fields}
    constraints = {constraint.name for constraint in model._meta.constraints}
    for moment in moments(model):
        by = fields.get(f"{moment}_by")
        if by is None or not (by.null and fields[f"{moment}_at"].null):
            continue
        if f"{moment}_by_name" in fields:  # Placework itself has a name and is no person
            continue
        held = f"{model._meta.app_label}_{model._meta.model_name}_{moment}_who_and_when"
        assert held in constraints, f"{model._meta.label}.{moment}_at"


def test_no_exception_is_listed_in_vain() -> None:
    listed = {f"{model._meta.label}.{moment}_at" for model in MODELS for moment in moments(model)}
    assert listed >= BY_NOBODY
