"""Decisions are prepared: one table of all applications, for staff and for whoever chairs the panel."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from programmes.actions.decisions import PREPARE, prepare_decisions, why_closed
from programmes.forms.decision import Asked, DecisionsForm
from programmes.models import Call, Phase
from programmes.queries.board import board_for, waiting_for
from programmes.queries.decisions import cases_on, tally_of
from programmes.queries.lots import draws_of
from programmes.queries.release import freed_in
from programmes.tables.board import Address
from programmes.views.board import address_of_application
from programmes.views.call_preparation import about
from programmes.views.deciding import deciding

MANAGE = "programmes.manage_call"


@deciding(PREPARE)
def decisions(request: SignedInRequest, call: Call) -> HttpResponse:
    """What is decided of each application, first rank first."""
    if waiting := waiting_for(request.user, call):
        context = about(call, waiting=waiting, is_staff=False)
        return render(request, "programmes/board_waits.html", context)
    board = board_for(request.user, call)
    cases = cases_on(board)
    draws = draws_of(call)
    form = DecisionsForm(cases, draws, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _is_saved(request, call, form):
        return redirect("programmes:decisions", call.cohort.programme.slug, call.cohort.number)
    closed = why_closed(call)
    may_fill_in = not closed and board.places is not None and request.method != "POST"
    is_filled_in = may_fill_in and request.GET.get("by") == "rank"
    if is_filled_in and board.places is not None:
        form.fill_in_by_rank(board.places)
    is_staff = request.user.has_perm(MANAGE, call)
    context = about(
        call,
        form=form,
        rows=_rows(form, address_of_application(call, is_staff=is_staff)),
        board=board,
        draws=draws,
        has_lots=any(row.draws for row in form.rows.values()),
        tally=tally_of(cases.values()),
        closed=closed,
        may_fill_in=may_fill_in,
        is_filled_in=is_filled_in,
        is_released=call.phase == Phase.RELEASED,
        freed=list(freed_in(call)) if call.phase == Phase.RELEASED else [],
        is_staff=is_staff,
    )
    return render(request, "programmes/decisions.html", context)


def _rows(form: DecisionsForm, address: Address | None) -> list[tuple[Asked, str]]:
    """Each row with where its application is read, if this person may read it."""
    return [(row, address(row.case.application) if address else "") for row in form.rows.values()]


def _is_saved(request: SignedInRequest, call: Call, form: DecisionsForm) -> bool:
    wanted = form.wanted()
    if wanted is None:
        return False
    try:
        changed = prepare_decisions(call=call, wanted=wanted, by=request.user)
    except ValidationError as refusal:
        form.refuse(refusal)
        return False
    count = len(changed)
    if count:
        messages.success(request, f"{count} decision{'' if count == 1 else 's'} saved")
    else:
        messages.info(request, "Nothing was changed")
    return True
