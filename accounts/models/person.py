from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models.address import AddressField
from accounts.models.membership import Membership
from accounts.roles import Role


class People(BaseUserManager["Person"]):
    """Finds people by e-mail address."""


class Person(AbstractBaseUser):
    """Someone who signs in. There is no password: a code by e-mail, a passkey, or OpenID Connect."""

    password = None  # type: ignore[assignment]  # no such column
    email = AddressField("e-mail address", unique=True)
    name = models.CharField("full name", max_length=200)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = People()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_lower")
        ]

    def __str__(self) -> str:
        return self.name

    def has_usable_password(self) -> bool:
        return False

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """Whether this person has the named permission. An unknown name is a fault, not a refusal."""
        if not rules.perm_exists(permission):
            raise KeyError(f"No permission is called {permission!r}.")
        return self.is_active and bool(rules.has_perm(permission, self, subject))

    @cached_property
    def held(self) -> frozenset[tuple[Role, str, int]]:
        """(role, kind of scope such as "programmes.programme", id): one query in a request."""
        rows = Membership.objects.filter(person=self).values_list("role", "scope_type", "scope_id")
        kind_of = ContentType.objects.get_for_id  # which keeps what it has read once
        return frozenset(
            (Role(role), "{0.app_label}.{0.model}".format(kind_of(kind)), pk)
            for role, kind, pk in rows
        )

    def holds(self, role: Role, scope: models.Model) -> bool:
        return (role, scope._meta.label_lower, scope.pk) in self.held

    def holds_anywhere(self, *roles: Role) -> bool:
        return any(role in roles for role, _, _ in self.held)

    def scope_ids(self, kind: str, *roles: Role) -> set[int]:
        """Ids of the scopes of one kind ("programmes.project") in which one of `roles` is held."""
        return {pk for role, of, pk in self.held if of == kind and (not roles or role in roles)}
