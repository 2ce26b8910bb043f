"""Where a call stands: its phases, what the panel may see and do in each, and how it came here."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.requests import SignedInRequest
from programmes.actions.call_phases import change_phase, change_switches, obstacles_to
from programmes.actions.panel_mail import Address, opening_of, to_be_told
from programmes.forms.call import PhaseForm, SwitchesForm
from programmes.models import Call, CallPhase, Phase
from programmes.phases import Step, steps_from
from programmes.views.call_preparation import about, call_to_manage


@require_safe
def call_phases(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    call = call_to_manage(request, slug, number)
    order = list(Phase)
    context = about(
        call,
        steps=steps_from(call.phase),
        phases=sorted(call.phases.all(), key=lambda row: order.index(Phase(row.phase))),
        changes=call.phase_changes.all(),
    )
    return render(request, "programmes/call_phases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_phase_change(request: SignedInRequest, slug: str, number: int, to: str) -> HttpResponse:
    """One step to another phase: what it means, what stands in its way, and why it is taken."""
    call = call_to_manage(request, slug, number)
    step = _step(call.phase, to)
    opening = opening_of(call, step.new)
    told = list(to_be_told(call, step.new)) if opening else []
    form = PhaseForm(
        request.POST if request.method == "POST" else None, step=step, opens=opening is not None
    )
    if form.is_valid():
        try:
            change_phase(
                call=call,
                to=step.new,
                by=request.user,
                address=address_in(request, call),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"The call is now in the phase “{step.new.label}”")
            return redirect("programmes:call_phases", slug, number)
    obstacles = [] if form.is_bound else obstacles_to(step, call, request.user)
    context = about(call, step=step, form=form, obstacles=obstacles, told=told)
    return render(request, "programmes/call_phase_change.html", context)


def address_in(request: SignedInRequest, call: Call) -> Address:
    """Of a page of the panel of this call, for an e-mail."""
    where = [call.cohort.programme.slug, call.cohort.number]
    return lambda name: request.build_absolute_uri(reverse(name, args=where))


def _step(old: str, new: str) -> Step:
    """404 where somebody else has changed the phase meanwhile, too: the page of phases says to what."""
    step = next((step for step in steps_from(old) if step.new == new), None)
    if step is None:
        raise Http404
    return step


@edit_page
def call_switches(request: SignedInRequest, slug: str, number: int, phase: str) -> HttpResponse:
    """What the panel may see and do in one phase of this call."""
    call = call_to_manage(request, slug, number)
    row = get_object_or_404(to_edit(request, CallPhase.objects.all()), call=call, phase=phase)
    form = SwitchesForm(request.POST if request.method == "POST" else None, instance=row)
    if form.through(change_switches, by=request.user, phase=row):
        messages.success(request, f"What the panel may do in “{row.get_phase_display()}” was saved")
        return redirect("programmes:call_phases", slug, number)
    context = about(call, form=form, phase=row)
    return render(request, "programmes/call_switches.html", context)
