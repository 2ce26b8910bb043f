import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.append_only import append_only, never_emptied
from accounts.models.who_and_when import who_and_when
from programmes.models.mou.memorandum import MOU, Party


class Clause(models.Model):
    """One thing that the partners agree on. It stays the same over all wordings and versions: what
    cites it cites this row.
    """

    mou = models.ForeignKey(MOU, on_delete=models.PROTECT, related_name="clauses")
    key = models.SlugField(max_length=200)
    # Whose it is. Where nobody is named, it is everybody's, and a change asks everybody.
    concerns = models.ManyToManyField(Party, related_name="clauses", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mou", "key"], name="clause_once")]

    def __str__(self) -> str:
        return self.key


class WordingState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    TAKEN = "taken", "Taken in"
    DECLINED = "declined", "Not taken in"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Wording(models.Model):
    """One wording of a clause as somebody proposed it. Its words never change; its state does, once."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField()  # Markdown; empty where it proposes to leave the clause out
    leaves_out = models.BooleanField(default=False)
    reason = models.TextField("why", blank=True)
    based_on = models.ForeignKey(  # what they had before them
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    party = models.ForeignKey(  # for whom they spoke; nobody for staff and enablers
        Party, null=True, on_delete=models.PROTECT, related_name="wordings"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by_name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=WordingState.choices, default=WordingState.PROPOSED
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_because = models.TextField(blank=True)

    class Meta:
        ordering = ["clause", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="wording_number_once"),
            who_and_when("settled"),
            models.CheckConstraint(
                condition=Q(state=WordingState.PROPOSED, settled_at__isnull=True)
                | (~Q(state=WordingState.PROPOSED) & Q(settled_at__isnull=False)),
                name="wording_settled_and_when",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="settled_never_changes",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=WordingState.PROPOSED),
            ),
            pgtrigger.Protect(
                name="words_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("clause", "number", "heading", "text", "leaves_out"),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.heading}, wording {self.number}"


class StanceKind(models.TextChoices):
    CAN_LIVE_WITH_IT = "can_live_with_it", "Can live with it"
    WANTS_A_CHANGE = "wants_a_change", "Want a change"
    CANNOT = "cannot", "Cannot"


class Stance(models.Model):
    """How one party stands to one wording. What it was before, the audit trail says."""

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="stances")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="stances")
    stance = models.CharField(max_length=20, choices=StanceKind.choices)
    words = models.TextField("in your words", blank=True)
    taken_at = models.DateTimeField(auto_now=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wording", "party"], name="stance_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_stance_display()}"


class Remark(models.Model):
    """What somebody said about a clause. Append-only."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField("remark")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="remarks")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["clause", "made_at", "pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Remark on {self.clause}"
