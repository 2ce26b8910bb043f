"""What a partner belongs to."""

from accounts.scopes import scope_kind
from places.models import Place

scope_kind("places.place", "place", Place.objects.all)
