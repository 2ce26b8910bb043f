from django.db import models

from programmes.models.programme import Programme


class Cohort(models.Model):
    """The projects of one programme that started together."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    number = models.PositiveSmallIntegerField()
    started_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="cohort_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="cohort_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"Cohort {self.number}"
