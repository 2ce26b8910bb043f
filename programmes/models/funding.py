"""Who stands behind a project, and with how much money, as they confirmed it for the application."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from programmes.models.application import Support
from programmes.models.project import Project


class Sponsor(models.Model):
    """Somebody who has confirmed that they support the project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sponsors")
    role = models.CharField(max_length=200)  # as the call asked for it: "Senior sponsor"
    name = models.CharField("full name", max_length=200)
    post = models.CharField("job title", max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    support = models.OneToOneField(
        Support, null=True, on_delete=models.PROTECT, related_name="sponsor"
    )

    class Meta:
        ordering = ["project", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class Funding(models.Model):
    """Money that somebody has confirmed for the project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="funding")
    source = models.CharField("from whom", max_length=200)
    amount = models.DecimalField(
        "amount, in pounds", max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )
    support = models.OneToOneField(
        Support, null=True, on_delete=models.PROTECT, related_name="funding"
    )

    class Meta:
        ordering = ["project", "pk"]
        verbose_name_plural = "funding"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_not_below_nought")
        ]

    def __str__(self) -> str:
        return f"£{self.amount:,.2f} from {self.source}"
