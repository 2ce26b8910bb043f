from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models.append_only import append_only
from accounts.models.who_and_when import who_and_when
from programmes.models.application import Application
from programmes.models.call import Call, Criterion


class PanelMember(models.Model):
    """That a person reads and scores for one call. Who is removed stays as a row, with their scores."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panels"
    )
    organisation = models.CharField(max_length=200, blank=True)  # hints at conflicts come from it
    is_chair = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_because = models.TextField(blank=True)

    class Meta:
        ordering = ["call", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="panel_member_once"),
            who_and_when("removed"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Standing(models.TextChoices):
    """Whether a member may read an application."""

    CLEAR = "clear", "No conflict"
    TO_SETTLE = "to_settle", "To be settled"
    RECUSED = "recused", "Recused"


class Interest(models.Model):
    """What a member declared about one application before reading anything, and what staff settled.

    No row: not declared yet. Only `CLEAR` opens the application, and everything reads through
    `programmes.queries.recusals`.
    """

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="interests")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="interests")
    is_declared = models.BooleanField()  # whether the member says that there is a conflict
    declared = models.TextField("what the conflict is", blank=True)
    declared_at = models.DateTimeField(auto_now_add=True)
    hints = models.JSONField(default=list)  # sentences, as they were when the member declared
    standing = models.CharField(max_length=10, choices=Standing.choices)
    settled_because = models.TextField("reason", blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "application"], name="interest_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | ~Q(settled_because=""),
                name="interest_settled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | ~Q(standing=Standing.RECUSED),
                name="interest_recused_when_settled",
            ),
        ]
        indexes = [models.Index(fields=["application", "standing"], name="interest_standing")]

    def __str__(self) -> str:
        return f"{self.member} on {self.application}"


class Assignment(models.Model):
    """That a member is to read an application, where not everyone reads every one."""

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="assignments")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="assignments"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "application"], name="assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.application} for {self.member}"


class ScoreSheet(models.Model):
    """What one member makes of one application: a draft until it is submitted, and again when changed."""

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="sheets")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sheets")
    comment = models.TextField("comment on the whole", blank=True)
    number = models.PositiveIntegerField(default=0)  # counts what was saved
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True)
    # What the page sent by itself since it was saved, {field: text}: for the member alone, to go on with.
    unsaved = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "application"], name="score_sheet_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} on {self.application}"


class Score(models.Model):
    """One criterion of a sheet. No value yet: not scored."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(
        null=True,
        validators=[MinValueValidator(Criterion.LOWEST), MaxValueValidator(Criterion.HIGHEST)],
    )
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(value__gte=Criterion.LOWEST, value__lte=Criterion.HIGHEST),
                name="score_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value or 'no score'} for {self.criterion}"


class SubmittedScores(models.Model):
    """A sheet as it was submitted. Append-only: what was changed before the meeting stays to be seen."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    values = models.JSONField()  # {key of the criterion: score}
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sheet", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="submitted_scores_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.sheet}, submission {self.number}"


class PrivateNote(models.Model):
    """A member's note for themselves: in no list, count, export or file, and seen by nobody else."""

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="notes")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "application"], name="private_note_once")
        ]

    def __str__(self) -> str:
        return f"Note on {self.application}"
