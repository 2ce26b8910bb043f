"""Which messages tell of an application: those that name its place, or go to its people."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from accounts.models import Invitation, Person
from programmes.models import Application, Support
from programmes.queries.recusals import kept_away_from
from programmes.queries.writers import writers_of


def about_what_is_closed_to(person: Person) -> Q | None:
    """Messages about applications that this person is recused from."""
    closed = list(kept_away_from(person).only("place_name"))
    if not closed:
        return None
    invited = Invitation.objects.filter(
        scope_type=ContentType.objects.get_for_model(Application),
        scope_id__in=[application.pk for application in closed],
    )
    withheld = (
        Q(to__in=writers_of(closed).values("email"))
        | Q(to__in=Support.objects.filter(application__in=closed).values("email"))
        | Q(to__in=invited.values("email"))
    )
    for application in closed:
        withheld |= Q(subject__contains=application.place_name)
    return withheld
