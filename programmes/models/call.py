from typing import ClassVar
from zoneinfo import ZoneInfo

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models.append_only import append_only, never_emptied
from programmes.models.cohort import Cohort
from programmes.models.lens import Dimension

# Kept by the database, also for whoever does not come through the actions.
REFUSE_IF_PUBLISHED = """
    IF EXISTS (
        SELECT 1 FROM programmes_callversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A published version of a call never changes.';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Phase(models.TextChoices):
    """Where a call stands. What is allowed meanwhile, its `CallPhase` rows say."""

    PREPARATION = "preparation", "Preparation"
    APPLICATIONS = "applications", "Applications"
    ELIGIBILITY = "eligibility", "Eligibility"
    CONFLICTS = "conflicts", "Conflicts of interest"
    SCORING = "scoring", "Scoring"
    MEETING = "meeting", "Panel meeting"
    RELEASED = "released", "Decisions released"


class Reading(models.TextChoices):
    """Which applications a member of the panel is given."""

    ALL = "all", "Everyone reads every application"
    ASSIGNED = "assigned", "Each reads those assigned to them"


class ScoresOfOthers(models.TextChoices):
    NEVER = "never", "Never"
    AFTER_OWN = "after_own", "Once their own scores are in"
    ALWAYS = "always", "Always"


class Call(models.Model):
    """The invitation to places to apply for one cohort. Its words stand in its versions."""

    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="call")
    title = models.CharField(max_length=200)
    opens_at = models.DateTimeField("opens", null=True, blank=True)
    closes_at = models.DateTimeField("closes", null=True, blank=True)
    time_zone = models.CharField(max_length=50, default="Europe/London")
    places_offered = models.PositiveSmallIntegerField(
        "how many places can be chosen", validators=[MinValueValidator(1)]
    )
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.PREPARATION)
    reading = models.CharField(
        "who reads what", max_length=10, choices=Reading.choices, default=Reading.ALL
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(phase=Phase.PREPARATION)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="call_announced_with_dates",
            ),
            models.CheckConstraint(condition=Q(places_offered__gte=1), name="call_offers_a_place"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:call", args=[self.cohort.programme.slug, self.cohort.number])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class CallVersion(models.Model):
    """What applicants read and are asked: a draft until it is published, and then never changed.

    The first is published when the call is announced; each later one says what it changes.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField("what the call is for", blank=True)
    offered = models.TextField("what is offered", blank=True)
    funding_asked = models.DecimalField(
        "funding asked of each place, in pounds",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    change = models.TextField("what changes, for those who have started", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="call_version_number_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(published_at__isnull=True), name="call_draft_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.call}, version {self.number}"


class QuestionKind(models.TextChoices):
    TEXT = "text", "Text"
    NUMBER = "number", "Number"
    MONEY = "money", "Amount of money, in pounds"
    CHOICE = "choice", "One of several"
    DECLARATION = "declaration", "Yes or no"
    FILE = "file", "File"
    PARTNERS = "partners", "Table of partners"


class PartOfVersion(models.Model):
    """What a version consists of; `key` is the same in every version, so answers stay with it."""

    key = models.SlugField(max_length=100)
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True

    triggers: ClassVar = [
        pgtrigger.Trigger(
            name="published_never_changes",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=REFUSE_IF_PUBLISHED,
        ),
        never_emptied(),
    ]


class Question(PartOfVersion):
    """One question of the application form."""

    version = models.ForeignKey(CallVersion, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=20, choices=QuestionKind.choices)
    wording = models.CharField("question", max_length=300)
    hint = models.TextField(blank=True)
    is_required = models.BooleanField("must be answered", default=True)
    word_limit = models.PositiveIntegerField("most words", null=True, blank=True)
    minimum = models.DecimalField("least", max_digits=14, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField("most", max_digits=14, decimal_places=2, null=True, blank=True)
    choices = models.JSONField("what can be chosen", default=list, blank=True)  # ["Yes", "No"]
    # A declaration that must be "yes" for the application to be eligible.
    must_be_yes = models.BooleanField("only “yes” is eligible", default=False)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="question_key_once"),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="question_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = PartOfVersion.triggers

    def __str__(self) -> str:
        return self.wording


class Criterion(PartOfVersion):
    """What applications are scored on: a dimension of a lens, its weight, and anchors of the scale."""

    LOWEST: ClassVar = 1
    HIGHEST: ClassVar = 5

    version = models.ForeignKey(CallVersion, on_delete=models.CASCADE, related_name="criteria")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    looks_like_1 = models.TextField("what a 1 looks like", blank=True)
    looks_like_3 = models.TextField("what a 3 looks like", blank=True)
    looks_like_5 = models.TextField("what a 5 looks like", blank=True)

    class Meta:
        ordering = ["version", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="criterion_key_once"),
            models.UniqueConstraint(
                fields=["version", "dimension"], name="criterion_dimension_once"
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="criterion_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_1_to_100"
            ),
        ]
        triggers = PartOfVersion.triggers

    def __str__(self) -> str:
        return str(self.dimension)


class Supporter(PartOfVersion):
    """Who must confirm their support of an application, and with how much money."""

    version = models.ForeignKey(CallVersion, on_delete=models.CASCADE, related_name="supporters")
    who = models.CharField(max_length=200)  # "Senior sponsor"
    asked = models.TextField("what they are asked to confirm")
    amount = models.DecimalField(
        "amount, in pounds", max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="supporter_key_once"),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="supporter_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = PartOfVersion.triggers

    def __str__(self) -> str:
        return self.who


class CallPhase(models.Model):
    """What a panel may see and do while a call stands in one phase."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="phases")
    phase = models.CharField(max_length=20, choices=Phase.choices)
    members_declare = models.BooleanField("members declare conflicts", default=False)
    members_read = models.BooleanField("members read applications", default=False)
    members_score = models.BooleanField("members score", default=False)
    scores_of_others = models.CharField(
        "members see each other's scores",
        max_length=10,
        choices=ScoresOfOthers.choices,
        default=ScoresOfOthers.NEVER,
    )
    board_is_open = models.BooleanField("members see the board", default=False)
    decisions_are_prepared = models.BooleanField(default=False)
    due_on = models.DateField("members are asked to be done by", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "phase"], name="call_phase_once")]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} of {self.call}"


class PhaseChange(models.Model):
    """One change of a call's phase: old, new, by whom, when, why. Append-only."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="phase_changes")
    old = models.CharField(max_length=20, choices=Phase.choices)
    new = models.CharField(max_length=20, choices=Phase.choices)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["call", "-changed_at", "-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"
