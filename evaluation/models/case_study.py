from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models.append_only import append_only
from programmes.models import Project


class CaseStudyType(models.TextChoices):
    FULL = "full", "Full"
    MID_LEVEL = "mid-level", "Mid-level"
    MINI = "mini", "Mini"


class CaseStudyStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


class CaseStudy(models.Model):
    """What one project's evidence amounts to, written for readers. One for each project."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="case_study")
    type = models.CharField(max_length=10, choices=CaseStudyType.choices)
    title = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=10, choices=CaseStudyStatus.choices, default=CaseStudyStatus.DRAFT
    )
    revision = models.PositiveIntegerField(default=0)  # counts every saved change of its text
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "case studies"

    def __str__(self) -> str:
        return self.title or f"Case study of {self.project.place}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:case_study", kwargs={"pk": self.pk})

    @property
    def is_draft(self) -> bool:
        return self.status == CaseStudyStatus.DRAFT


class StatusChange(models.Model):
    """One change of a case study's status: old, new, by whom, when, why. Append-only."""

    case_study = models.ForeignKey(
        CaseStudy, on_delete=models.PROTECT, related_name="status_changes"
    )
    old = models.CharField(max_length=10, choices=CaseStudyStatus.choices)
    new = models.CharField(max_length=10, choices=CaseStudyStatus.choices)
    revision = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["case_study", "-changed_at", "-pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"
