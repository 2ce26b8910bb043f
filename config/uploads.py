"""Requests that are too large are refused before a byte of them is kept."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024

log = structlog.get_logger(__name__)


def limit_uploads(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. What says nothing of its length is read as empty, so this cannot be passed by."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.UPLOAD_LIMIT_MB * MEGABYTE:
            log.warning("request_too_large", path=request.path, length=int(length))
            return render(request, "413.html", {"limit": settings.UPLOAD_LIMIT_MB}, status=413)
        return get_response(request)

    return middleware
