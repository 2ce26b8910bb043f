from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models.address import AddressField
from accounts.models.who_and_when import who_and_when
from accounts.roles import Role


class Invitation(models.Model):
    """An e-mailed invitation into one role in one scope. The link carries a secret; we keep its hash."""

    email = AddressField("e-mail address")
    name = models.CharField("full name", max_length=200)
    role = models.CharField(max_length=20, choices=Role.choices)
    scope_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    scope_id = models.PositiveBigIntegerField()
    scope = GenericForeignKey("scope_type", "scope_id")
    # The programme whose staff invited: a place belongs to none, and may take part in several.
    within_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.PROTECT, related_name="+"
    )
    within_id = models.PositiveBigIntegerField(null=True)
    within = GenericForeignKey("within_type", "within_id")
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["within_type", "within_id"], name="invitation_within")]
        constraints = [who_and_when("accepted"), who_and_when("withdrawn")]

    def __str__(self) -> str:
        return f"{self.name} as {self.get_role_display()}"
