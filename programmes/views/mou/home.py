"""What the home page shows of MOUs: to staff who holds them up, to partners what is theirs to do."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.limits import is_within_limit
from accounts.permissions import require
from accounts.requests import SignedInRequest
from accounts.roles import Role
from programmes.actions.mou.asking import send_own_link
from programmes.models import CopiedIn, Signatory
from programmes.mou_readers import COLUMNS, WHO_SEES_WHAT
from programmes.queries.mou.held_up import held_up
from programmes.queries.mou.own import asked_of, own_of, seats_of

ON_HOME_PAGE, ON_OWN_PAGE = 10, 100
OWN = "programmes.view_own_mous"


@require_safe
@vary_on_headers("HX-Request")
def home_held_up(request: SignedInRequest) -> HttpResponse:
    """For staff and enablers: who holds which MOU up, and since when; a few at home, and here all."""
    require(request.user, view="programmes.view_programmes", needs="programmes.view_held_up")
    limit = ON_HOME_PAGE if request.htmx else ON_OWN_PAGE
    rows, has_more = held_up(request.user, limit)
    context = {
        "rows": rows,
        "has_more": has_more,
        "limit": limit,
        "on_home_page": request.htmx,
        "is_staff": request.user.holds_anywhere(Role.STAFF),  # they can do something about it
    }
    template = "programmes/mou/home_held_up.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_safe
@vary_on_headers("HX-Request")
def home_mous(request: SignedInRequest) -> HttpResponse:
    """For partners: what to sign, say and do; what is ours and theirs."""
    require(request.user, view=OWN)
    template = "programmes/mou/home_mous.html"
    context = {"own": own_of(request.user)}
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_POST
def mou_own_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """The link to sign with, again, to the address of whoever asks for it."""
    rows = Signatory.objects.select_related("signing__version")
    signatory = get_object_or_404(rows, pk=pk, email=request.user.email)
    if not is_within_limit(request, "write_to_others"):
        return render(request, "429.html", status=429)
    try:
        send_own_link(signatory=signatory, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, f"We have written to {signatory.email}, with a new link.")
    return redirect("home")


@require_safe
def mou_seen(request: SignedInRequest) -> HttpResponse:
    """What others can see of the reader and of their organisation, through MOUs."""
    require(request.user, view=OWN)
    copied_in = CopiedIn.objects.filter(email=request.user.email).order_by("-pk")
    context = {
        "seats": seats_of(request.user),
        "asked": list(asked_of(request.user)),
        "reads": list(copied_in.values_list("signing__version__mou__title", flat=True)),
        "columns": COLUMNS,
        "who_sees_what": WHO_SEES_WHAT,
    }
    return render(request, "programmes/mou/seen.html", context)
