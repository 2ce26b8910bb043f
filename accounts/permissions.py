"""Fetch and authorise in one call, and the predicates about a person alone.

Outsiders, who may not know that a thing exists, get 404; insiders without the right get 403.
"""

from typing import Any, TypeVar

import rules
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.http import Http404

from accounts.models import Person
from accounts.roles import Role

Row = TypeVar("Row", bound=models.Model)


def fetch(
    person: Person, queryset: models.QuerySet[Row], *, view: str, needs: str = "", **lookup: Any
) -> Row:
    """The one row that `lookup` finds, if `person` has `view` on it (else 404) and `needs` (else 403)."""
    try:
        row = queryset.get(**lookup)  # `first()` would sort, and join other tables to do so
    except ObjectDoesNotExist:
        raise Http404 from None
    if not person.has_perm(view, row):
        raise Http404
    if needs and not person.has_perm(needs, row):
        raise PermissionDenied
    return row


def require(person: Person, *, view: str, needs: str = "", subject: object = None) -> None:
    """The same for a page that is not about one row."""
    if not person.has_perm(view, subject):
        raise Http404
    if needs and not person.has_perm(needs, subject):
        raise PermissionDenied


GRANTED_BY_STAFF = [role for role in Role if role.is_granted_by_staff]


@rules.predicate
def is_operator(person: Person) -> bool:
    return person.is_operator


@rules.predicate
def has_a_role(person: Person) -> bool:
    """Whether they take part in a programme; applicants only wish to."""
    return person.is_operator or person.holds_anywhere(*GRANTED_BY_STAFF)


@rules.predicate
def is_staff_somewhere(person: Person) -> bool:
    return person.holds_anywhere(Role.STAFF)


rules.add_perm("accounts.view_undelivered_mail", is_operator)
