import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.append_only import append_only, never_emptied
from accounts.models.who_and_when import who_and_when
from programmes.models.application import Application
from programmes.models.call import Call, Criterion


class DecisionOutcome(models.TextChoices):
    SELECT = "select", "Select"
    RESERVE = "reserve", "Reserve"
    DECLINE = "decline", "Decline"


class Lot(models.Model):
    """A tie broken by lot: from the seed and the applications anyone can draw it again. Append-only."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="lots")
    seed = models.CharField(max_length=64)
    between = models.JSONField()  # references of applications, in order of their number
    drawn = models.JSONField()  # the same, in the order that the lot gave
    reason = models.TextField("why by lot")
    drawn_at = models.DateTimeField(auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drawn_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["call", "drawn_at"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Lot between {', '.join(self.between)}"


class Decision(models.Model):
    """What the panel decides of one application: pending until it is released, and then fixed."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(max_length=10, choices=DecisionOutcome.choices)
    reserve_order = models.PositiveSmallIntegerField(null=True, blank=True)  # who moves up first
    reason = models.TextField(blank=True)
    lot = models.ForeignKey(Lot, null=True, on_delete=models.PROTECT, related_name="decisions")
    prepared_at = models.DateTimeField(auto_now=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_by_name = models.CharField(max_length=200)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=DecisionOutcome.RESERVE) | Q(reserve_order__isnull=True),
                name="decision_order_of_reserves_alone",
            ),
            who_and_when("released"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="released_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__released_at__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.application}"


class DecisionChange(models.Model):
    """One change of what is decided of an application: what it became, by whom, when, why. Append-only.

    Its number counts on when a decision is taken back, so that two who decide at once notice it.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="decision_changes"
    )
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=DecisionOutcome.choices, blank=True)
    reserve_order = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    lot = models.ForeignKey(Lot, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="decision_change_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_outcome_display() or 'Taken back'}: {self.application}"


class Feedback(models.Model):
    """What the applicants are told on one criterion."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="feedback")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="feedback_once")
        ]

    def __str__(self) -> str:
        return f"Feedback on {self.criterion} to {self.application}"


class LetterTemplate(models.Model):
    """What letters of one outcome begin as. `{place}` and the like are filled in."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="letter_templates")
    outcome = models.CharField(max_length=10, choices=DecisionOutcome.choices)
    subject = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "outcome"], name="letter_template_once")
        ]

    def __str__(self) -> str:
        return f"Letter: {self.get_outcome_display()}"


class Letter(models.Model):
    """The decision as the applicants read it: drafted, read by staff, sent at the release, then fixed."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="letter")
    outcome = models.CharField(max_length=10, choices=DecisionOutcome.choices)  # it was drafted for
    reserve_order = models.PositiveSmallIntegerField(null=True)  # it was drafted for
    subject = models.CharField(max_length=200)
    text = models.TextField()
    is_edited = models.BooleanField(default=False)  # and not as its template makes it
    number = models.PositiveIntegerField(default=1)  # counts what was saved, feedback too
    # The change of the decision that it was read with: once it changes, it must be read again.
    decision_number = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [who_and_when("read")]
        triggers = [
            pgtrigger.Protect(
                name="sent_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sent_at__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"Letter to {self.application}"


class MoveUp(models.Model):
    """That a reserve took the place of one that withdrew, and the letter that told so. Append-only."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="move_up"
    )
    in_place_of = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.TextField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    moved_at = models.DateTimeField(auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    moved_by_name = models.CharField(max_length=200)

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.application} in place of {self.in_place_of}"
