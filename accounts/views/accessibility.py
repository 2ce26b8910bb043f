from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What Placework promises to everyone who reads it, and what has not been tried yet."""
    return render(request, "accounts/accessibility.html")
