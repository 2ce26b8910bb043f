"""Who must confirm their support of an application, as the draft of a call says it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.editing import edit_page
from accounts.requests import SignedInRequest
from programmes.actions.call_parts import add_supporter, change_supporter
from programmes.forms.supporter import SupporterForm
from programmes.models import Supporter
from programmes.views.call_parts import in_draft, moved, part_to_change, removed
from programmes.views.call_preparation import about, call_to_manage, draft_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def supporter_create(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    call = call_to_manage(request, slug, number)
    draft = draft_to_change(call)
    form = SupporterForm(request.POST or None)
    if supporter := form.through(add_supporter, version=draft, by=request.user):
        messages.success(request, f"“{supporter}” was added")
        return redirect(in_draft(call, supporter))
    return render(request, "programmes/supporter_create.html", about(call, form=form))


@edit_page
def supporter_edit(request: SignedInRequest, slug: str, number: int, key: str) -> HttpResponse:
    call, supporter = part_to_change(request, Supporter.objects.all(), slug, number, key)
    form = SupporterForm(request.POST or None, instance=supporter)
    if form.through(change_supporter, by=request.user, supporter=supporter):
        messages.success(request, f"“{supporter}” was saved")
        return redirect(in_draft(call, supporter))
    context = about(call, form=form, supporter=supporter)
    return render(request, "programmes/supporter_edit.html", context)


@require_POST
def supporter_move(
    request: SignedInRequest, slug: str, number: int, key: str, way: str
) -> HttpResponse:
    return moved(request, *part_to_change(request, Supporter.objects.all(), slug, number, key), way)


@edit_page
def supporter_remove(request: SignedInRequest, slug: str, number: int, key: str) -> HttpResponse:
    call, supporter = part_to_change(request, Supporter.objects.all(), slug, number, key)
    return removed(request, call, supporter, f"Remove “{supporter}” from the supporters?")
