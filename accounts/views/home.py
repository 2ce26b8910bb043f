from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.home import panels_for
from accounts.queries.memberships import roles_of
from accounts.queries.second_factor import has_second_factor, needs_second_factor
from accounts.requests import SignedInRequest


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What needs me now? Panels come from the rooms above; the roles say where else to go."""
    person = request.user
    return render(
        request,
        "accounts/home.html",
        {
            "panels": panels_for(person),
            "roles": roles_of(person),
            "lacks_second_step": needs_second_factor(person) and not has_second_factor(person),
        },
    )
