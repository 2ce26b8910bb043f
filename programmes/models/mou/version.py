import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.append_only import append_only, never_emptied
from documents.models import SealedFile
from programmes.models.mou.clause import Clause, Wording
from programmes.models.mou.memorandum import MOU

# What is being signed does not change under those who sign it, whoever reaches the table.
REFUSE_IF_SENT = """
    IF EXISTS (
        SELECT 1 FROM programmes_mouversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'A version that was sent to be signed never changes.';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class VersionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SENT = "sent", "Out to be signed"
    SIGNED = "signed", "Signed, not sealed yet"
    SEALED = "sealed", "In force"
    SUPERSEDED = "superseded", "Superseded"
    VOID = "void", "Void"
    EXPIRED = "expired", "Expired"


class MOUVersion(models.Model):
    """The clauses of an MOU in their order, each in one wording. From the moment it is sent, fixed."""

    mou = models.ForeignKey(MOU, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sealed = models.OneToOneField(
        SealedFile, null=True, on_delete=models.PROTECT, related_name="mou_version"
    )
    staff_told_at = models.DateTimeField(null=True)  # that it is signed and not sealed yet

    class Meta:
        verbose_name = "version of an MOU"
        ordering = ["mou", "number"]
        constraints = [
            models.UniqueConstraint(fields=["mou", "number"], name="mou_version_number_once"),
            models.UniqueConstraint(
                fields=["mou"],
                condition=Q(state__in=["draft", "sent", "signed"]),
                name="mou_version_open_once",
            ),
            models.UniqueConstraint(
                fields=["mou"], condition=Q(state="sealed"), name="mou_version_in_force_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mou}, version {self.number}"


class VersionClause(models.Model):
    """That a version holds a clause, where, and in which wording."""

    version = models.ForeignKey(MOUVersion, on_delete=models.PROTECT, related_name="clauses")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="in_versions")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="in_versions")
    number = models.PositiveSmallIntegerField()  # as people cite it: clause 3

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "clause"], name="version_clause_once"),
            models.UniqueConstraint(
                fields=["version", "number"],
                name="version_clause_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sent_never_changes",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=REFUSE_IF_SENT,
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.wording.heading}"


class VersionChange(models.Model):
    """One change of a version's state: old, new, by whom, when, why. Append-only."""

    version = models.ForeignKey(MOUVersion, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=10, choices=VersionState.choices)
    new = models.CharField(max_length=10, choices=VersionState.choices)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["version", "-changed_at", "-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"
