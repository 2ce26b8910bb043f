"""Pages of no room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.health import health


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """For machines: of each part, whether it answers; 503 when one does not."""
    answers = health.answers()
    words = {name: "ok" if answered else "failed" for name, answered in answers.items()}
    return JsonResponse(words, status=200 if all(answers.values()) else 503)
