"""All decisions are released at once; later, a reserve moves up for a place that withdrew."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.requests import SignedInRequest
from programmes.actions.letters import RELEASE
from programmes.actions.release import Address, Released, move_up, release_decisions
from programmes.forms.release import MoveUpForm, ReleaseForm
from programmes.letters import MOVED_UP, filled, values_for
from programmes.models import Call, DecisionOutcome, Phase
from programmes.queries.release import (
    About,
    Obstacle,
    focus_questions,
    freed_in,
    readiness_of,
    reserves_of,
)
from programmes.views.call_preparation import about
from programmes.views.deciding import deciding


@deciding(RELEASE)
def release(request: SignedInRequest, call: Call) -> HttpResponse:
    """What stands in the way, and the one button that tells everyone."""
    where = [call.cohort.programme.slug, call.cohort.number]
    if call.phase == Phase.RELEASED:
        messages.info(request, "The decisions are released. Nothing was sent again")
        return redirect("programmes:decisions", *where)
    ready = readiness_of(call, request.user)
    questions = list(focus_questions(call))
    data = request.POST if request.method == "POST" else None
    form = ReleaseForm(data, questions=questions, is_over=ready.is_over)
    released: Released | None = form.through(
        release_decisions, call=call, by=request.user, address=_address(request)
    )
    if released:
        count = len(ready.posts)
        letters = f"{count} letter{'' if count == 1 else 's'}"
        messages.success(request, f"The decisions are released, and {letters} on the way")
        return redirect("programmes:decisions", *where)
    context = about(
        call,
        form=form,
        ready=ready,
        obstacles=[(obstacle, _where_to(call, obstacle)) for obstacle in ready.obstacles],
        outcomes=[(outcome.label, ready.count(outcome)) for outcome in DecisionOutcome],
    )
    return render(request, "programmes/release.html", context)


@deciding(RELEASE)
def reserve_move_up(request: SignedInRequest, call: Call, application: int) -> HttpResponse:
    """The next reserve, for the place of `application`, which withdrew."""
    told = ("call", "number", "place_name")
    freed = freed_in(call).only(*told).filter(number=application).first()
    if freed is None:
        raise Http404
    where = [call.cohort.programme.slug, call.cohort.number]
    reserve = reserves_of(call).select_related(None).only(*told).first()
    context = about(call, freed=freed, reserve=reserve)
    if reserve is None:
        return render(request, "programmes/reserve_move_up.html", context)
    words = filled(MOVED_UP, values_for(reserve, call))
    form = MoveUpForm(
        request.POST if request.method == "POST" else None,
        questions=list(focus_questions(call)),
        initial={"subject": words.subject, "text": words.text},
    )
    arguments: dict[str, Any] = {"application": reserve, "in_place_of": freed}
    if form.through(move_up, by=request.user, address=_address(request), **arguments):
        messages.success(request, f"{reserve.place_name} has moved up, and a letter is on the way")
        return redirect("programmes:decisions", *where)
    return render(request, "programmes/reserve_move_up.html", context | {"form": form})


def _address(request: SignedInRequest) -> Address:
    return lambda application: request.build_absolute_uri(application.get_absolute_url())


def _where_to(call: Call, obstacle: Obstacle) -> str:
    """The page on which it is put right."""
    where = [call.cohort.programme.slug, call.cohort.number]
    row = obstacle.application
    match obstacle.about:
        case About.PHASE:
            return reverse("programmes:call_phases", args=where)
        case About.LETTER if row:
            return reverse("programmes:letter", args=[*where, row.number])
        case About.APPLICATION if row:
            return row.get_absolute_url()
    return reverse("programmes:decisions", args=where)
