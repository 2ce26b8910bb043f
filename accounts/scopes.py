"""The kinds of things that a role is held in. Upper floors register theirs; this floor knows none.

In a room's own `scopes.py`, which is found by its name:

    scope_kind("programmes.project", "project", lambda: Project.objects.select_related("place"),
               address=lambda project: reverse("programmes:project", args=[...]))
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from accounts.models import Membership

Key = tuple[int, int]  # content type and id


@dataclass(frozen=True)
class ScopeKind:
    """One kind: what people call it, its rows with what their names need, and a row's page."""

    called: str
    rows: Callable[[], models.QuerySet[Any]]
    address: Callable[[Any], str]


_kinds: dict[str, ScopeKind] = {}


def scope_kind(
    label: str,
    called: str,
    rows: Callable[[], models.QuerySet[Any]],
    *,
    address: Callable[[Any], str],
) -> None:
    _kinds[label] = ScopeKind(called, rows, address)


def kind_of(scope: models.Model) -> ScopeKind:
    return _kinds[scope._meta.label_lower]


def scopes_of(memberships: Iterable[Membership]) -> dict[Key, models.Model]:
    """{(content type, id): row} for all that is held: one query for each kind of scope."""
    wanted: dict[int, set[int]] = defaultdict(set)
    models_by_type = {}
    for membership in memberships:
        wanted[membership.scope_type_id].add(membership.scope_id)
        models_by_type[membership.scope_type_id] = membership.scope_type.model_class()
    found: dict[Key, models.Model] = {}
    for type_id, ids in wanted.items():
        model = models_by_type[type_id]
        assert model is not None
        rows = _kinds[model._meta.label_lower].rows().in_bulk(ids)
        found |= {(type_id, pk): row for pk, row in rows.items()}
    return found
