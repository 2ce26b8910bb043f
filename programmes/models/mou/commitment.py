from django.conf import settings
from django.db import models

from accounts.models.append_only import append_only
from programmes.models.mou.clause import Clause
from programmes.models.mou.memorandum import MOU, Party


class CommitmentState(models.TextChoices):
    GOING = "going", "Going"
    DONE = "done", "Done"
    SLIPPED = "slipped", "Slipped"
    DROPPED = "dropped", "Dropped"


class Commitment(models.Model):
    """What one party has said it will do, by when, and how one would see it."""

    mou = models.ForeignKey(MOU, on_delete=models.PROTECT, related_name="commitments")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="commitments")
    clause = models.ForeignKey(
        Clause, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    what = models.TextField("what you will do")
    due_on = models.DateField("by when", null=True, blank=True)
    seen_by = models.TextField("how one would see it", blank=True)
    state = models.CharField(
        max_length=10, choices=CommitmentState.choices, default=CommitmentState.GOING
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["mou", "due_on", "pk"]

    def __str__(self) -> str:
        return self.what


class CommitmentChange(models.Model):
    """One update of a commitment: what it was and became, by whom, when, why. Append-only."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="changes")
    old = models.CharField(max_length=10, choices=CommitmentState.choices)
    new = models.CharField(max_length=10, choices=CommitmentState.choices)
    old_due_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    # Its words before, where they changed.
    what_before = models.TextField(blank=True)
    seen_by_before = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["commitment", "-changed_at", "-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"
