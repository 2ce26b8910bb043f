from django.db import models
from django.db.models import F, Q

from places.models.organisation import Organisation
from places.models.place import Place


class Partnership(models.Model):
    """That an organisation belongs to a place, as what, and from when to when."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="partnerships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partnerships"
    )
    part = models.CharField("part in the partnership", max_length=200, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "organisation"], name="partnership_once"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="partnership_left_after_joined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.place}"
