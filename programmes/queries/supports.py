"""Who must confirm their support of an application, and what they have answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from programmes.models import Application, Support, Supporter
from programmes.queries.call_versions import published_of


@dataclass(frozen=True)
class Backing:
    """One of those who must confirm, and whoever is asked for it now."""

    supporter: Supporter
    support: Support | None

    @property
    def is_confirmed(self) -> bool:
        return self.support is not None and bool(self.support.is_confirmed)

    @property
    def status(self) -> str:
        if self.support is None:
            return "Not asked"
        if self.support.answered_at is None:
            return "Link expired" if self.support.expires_at < timezone.now() else "Asked"
        return "Confirmed" if self.support.is_confirmed else "Cannot confirm"


def supporters_of(call: int) -> QuerySet[Supporter]:
    """Who must confirm, as the call says now."""
    return Supporter.objects.filter(version=published_of(call)).order_by("position")


def supports_of(application: Application) -> QuerySet[Support]:
    """Those who are asked now."""
    return application.supports.filter(withdrawn_at=None)


def reached_by(token_sha256: str) -> QuerySet[Support]:
    """The one that a link leads to, with what its page says of the application and the call."""
    rows = Support.objects.filter(token_sha256=token_sha256).order_by()
    return rows.select_related("application__call").only(
        *("key", "name", "asked_by_name", "expires_at", "withdrawn_at"),
        *("answered_at", "is_confirmed", "amount", "words"),
        *("application__place_name", "application__state"),
        *("application__call__title", "application__call__time_zone"),
    )


def backings_of(application: Application) -> list[Backing]:
    """Each of those who must confirm, in order; no second query where nobody must."""
    return backings_from(supporters_of(application.call_id), application)


def backings_from(supporters: Iterable[Supporter], application: Application) -> list[Backing]:
    asked = list(supporters)
    found = {support.key: support for support in supports_of(application)} if asked else {}
    return [Backing(supporter, found.get(supporter.key)) for supporter in asked]
