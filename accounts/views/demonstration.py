"""Signing in as somebody invented. Its address exists in a demonstration only (config.urls)."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from accounts.queries.invented import invented_people


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def demonstration(request: HttpRequest) -> HttpResponse:
    """One button for each invented person."""
    if not settings.DEMONSTRATION:  # the address is not there either; two locks on this door
        raise Http404
    if request.method == "POST":
        pk = request.POST.get("person", "")
        if not pk.isdecimal():
            raise Http404
        person = get_object_or_404(Person, pk=pk, is_invented=True, is_active=True)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")
    return render(request, "accounts/demonstration.html", {"people": invented_people()})
