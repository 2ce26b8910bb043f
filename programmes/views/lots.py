"""A tie at the line is broken by lot: whoever prepares the decisions draws, and everyone sees how."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from programmes.actions.decisions import PREPARE, why_closed
from programmes.actions.lots import draw_lot
from programmes.forms.lot import LotForm
from programmes.models import Call
from programmes.queries.board import board_for, waiting_for
from programmes.queries.lots import draws_of
from programmes.views.call_preparation import about
from programmes.views.deciding import deciding

MANAGE = "programmes.manage_call"


@deciding(PREPARE)
def lots(request: SignedInRequest, call: Call) -> HttpResponse:
    """Drawing one, and those that were drawn."""
    if waiting := waiting_for(request.user, call):
        context = about(call, waiting=waiting, is_staff=False)
        return render(request, "programmes/board_waits.html", context)
    band = board_for(request.user, call).band
    draws = draws_of(call)
    data = request.POST if request.method == "POST" else None
    form = LotForm(data, band=band, has_lots=bool(draws))
    if lot := form.through(draw_lot, call=call, by=request.user):
        messages.success(request, f"The lot is drawn: {', '.join(lot.drawn)}")
        return redirect("programmes:lots", call.cohort.programme.slug, call.cohort.number)
    context = about(
        call,
        form=form,
        draws=draws,
        closed=why_closed(call),
        is_too_few=len(band) < 2,
        is_staff=request.user.has_perm(MANAGE, call),
    )
    return render(request, "programmes/lots.html", context)
