from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.personal import chapters


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we hold about people, why, and for how long: as the rooms declare it."""
    return render(request, "accounts/privacy.html", {"chapters": chapters()})
