"""Citing a clause, and taking that back: by whoever may change the thing that cites."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Person
from programmes.citing import Citing, kind_of
from programmes.events import MOUEvent
from programmes.models import Citation, Clause
from programmes.queries.mou.citations import Citable, citable

STANDS_NOWHERE = "This clause stands in no version now. Choose another."


@transaction.atomic
def cite(*, clause: Clause, thing: Citing, by: Person) -> Citation:
    """The wording that stands now is kept with it. A thing cites a clause once."""
    kind = kind_of(thing)
    if thing.project.pk != clause.mou.project_id:
        raise PermissionDenied
    if not by.has_perm(kind.needs, thing) or not by.has_perm("programmes.view_mou", clause.mou):
        raise PermissionDenied
    if refusal := kind.refusal(thing):
        raise ValidationError(refusal)
    standing = _standing(clause)
    citation, is_new = Citation.objects.get_or_create(
        clause=clause,
        cited_in_type=ContentType.objects.get_for_model(kind.model),
        cited_in_id=thing.pk,
        defaults={
            "wording_id": standing.wording_id,
            "cited_by": by,
            "cited_by_name": str(by),
        },
    )
    if not is_new:
        raise ValidationError({"clause": "It cites this clause already. Choose another"})
    _tell(MOUEvent.CITED, thing, by, ["", standing.heading])
    return citation


@transaction.atomic
def take_back_citation(*, citation: Citation, by: Person) -> None:
    """As if it had never been: what the audit trail alone still tells."""
    thing: Any = citation.cited_in
    if not by.has_perm(kind_of(thing).needs, thing):
        raise PermissionDenied
    heading = citation.wording.heading
    citation.delete()
    _tell(MOUEvent.CITATION_REMOVED, thing, by, [heading, ""])


def _standing(clause: Clause) -> Citable:
    versions = citable(clause.mou)
    found = (each for version in versions for each in version.clauses)
    standing = next((each for each in found if each.clause_id == clause.pk), None)
    if standing is None:
        raise ValidationError({"clause": STANDS_NOWHERE})
    return standing


def _tell(event: MOUEvent, thing: Citing, by: Person, change: list[str]) -> None:
    subject, scope = thing, thing.project.programme
    record(event, by=by, subject=subject, scope=scope, changes={"clause": change})  # type: ignore[arg-type]
