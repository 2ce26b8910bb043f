"""A member's own seat on a panel: found for every page that only a member sees."""

from django.http import Http404

from accounts.models import Person
from programmes.models import PanelMember

_SEEN = (
    "removed_at",
    "is_chair",
    "organisation",
    "person",
    "call__title",
    "call__phase",
    "call__reading",
    "call__time_zone",
    "call__cohort__number",
    "call__cohort__programme__name",
    "call__cohort__programme__slug",
)

# Built once: every page of a member begins with it.
_SEATS = (
    PanelMember.objects.filter(removed_at=None)
    .select_related("call__cohort__programme")
    .only(*_SEEN)
    .order_by()
)


def seat(person: Person, slug: str, number: int) -> PanelMember:
    """The seat of `person` on the panel of this cohort's call; 404 for everyone else."""
    try:
        member = _SEATS.get(
            person=person, call__cohort__programme__slug=slug, call__cohort__number=number
        )
    except PanelMember.DoesNotExist:
        raise Http404 from None
    member.person = person
    return member
