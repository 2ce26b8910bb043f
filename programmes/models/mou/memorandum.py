from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.append_only import append_only
from accounts.models.who_and_when import who_and_when
from places.models import Organisation
from programmes.models.project import Project


class MOU(models.Model):
    """What the partners of one project have agreed on, over all its versions."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="mou")
    title = models.CharField(max_length=200)
    review_on = models.DateField("next review", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.TextField("why it ended", blank=True)
    site = models.URLField(blank=True)  # where people reach us: for the links in mails of the clock
    # What is new and nobody was written to about yet: from when, and the latest of it.
    news_since = models.DateTimeField(null=True)
    news_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "MOU"
        ordering = ["project"]
        constraints = [who_and_when("ended")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        project = self.project
        return reverse("programmes:mou", args=[project.programme.slug, project.slug])

    @property
    def review_days_late(self) -> int:
        """Since the day on which the partners wanted to look at it; 0 while that is to come."""
        if self.ended_at is not None or self.review_on is None:
            return 0
        return max(0, (timezone.localdate() - self.review_on).days)


class Party(models.Model):
    """That an organisation is a partner in the MOU, as what, and from when to when."""

    mou = models.ForeignKey(MOU, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    part = models.CharField("part in the work", max_length=200, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_because = models.TextField("why it left", blank=True)

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["mou", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou", "organisation"],
                condition=Q(left_on__isnull=True),
                name="party_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="party_left_after_joined",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Representative(models.Model):
    """That a person speaks for one of the parties. They hold the role of partner in the place too."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="representatives")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="represents"
    )
    post = models.CharField("job title", max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)  # they left the post, or somebody else took over
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["party", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "person"],
                condition=Q(ended_at__isnull=True),
                name="representative_once",
            ),
            who_and_when("ended"),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.party}"


class MOUReview(models.Model):
    """That the partners met over the MOU: for which date it was due, when it was, what came of it.

    Append-only.
    """

    mou = models.ForeignKey(MOU, on_delete=models.PROTECT, related_name="reviews")
    due_on = models.DateField(null=True)  # the review date that it kept, or missed
    held_on = models.DateField("held on")
    came = models.TextField("who came", blank=True)
    outcome = models.TextField("what came of it")
    next_on = models.DateField("next review")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "review of an MOU"
        ordering = ["mou", "-held_on", "-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Review of {self.mou}"
