"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def mode(request: HttpRequest) -> dict[str, bool]:
    """Whether this is a demonstration, which the page then says of itself."""
    return {"demonstration": settings.DEMONSTRATION}
