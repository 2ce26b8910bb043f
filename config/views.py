"""Pages of no room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.health import WARNINGS, health


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """For machines: of each part, whether it answers; 503 when one does not that all else needs."""
    answers = health.answers()
    words = {name: "ok" if is_well else _unwell(name) for name, is_well in answers.items()}
    return JsonResponse(words, status=503 if "failed" in words.values() else 200)


def _unwell(part: str) -> str:
    return "warning" if part in WARNINGS else "failed"
