"""A member's own seat on a panel: found for every page that only a member sees."""

from django.http import Http404

from accounts.models import Person
from programmes.models import PanelMember
from programmes.queries.recusals import seats_of


def seat(person: Person, slug: str, number: int) -> PanelMember:
    """The seat of `person` on the panel of this cohort's call; 404 for everyone else."""
    rows = seats_of(person).select_related("call__cohort__programme", "person")
    member = rows.filter(call__cohort__programme__slug=slug, call__cohort__number=number).first()
    if member is None:
        raise Http404
    return member
