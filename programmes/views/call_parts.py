"""What pages of questions, criteria and supporters share: they are moved and removed alike."""

from typing import TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.editing import to_edit
from accounts.requests import SignedInRequest
from programmes.actions.call_parts import AnyPart, move_part, remove_part
from programmes.models import Call
from programmes.views.call_preparation import about, call_to_manage, draft_to_change

Part = TypeVar("Part", bound=AnyPart)


def part_to_change(
    request: SignedInRequest, rows: models.QuerySet[Part], slug: str, number: int, key: str
) -> tuple[Call, Part]:
    """One part of the draft, locked if this request will write it."""
    call = call_to_manage(request, slug, number)
    draft = draft_to_change(call)
    part = get_object_or_404(to_edit(request, rows), version=draft, key=key)
    part.version = draft
    return call, part


def moved(request: SignedInRequest, call: Call, part: AnyPart, way: str) -> HttpResponse:
    move_part(part=part, by=request.user, up=way == "up")
    return redirect(in_draft(call, part))


def removed(request: SignedInRequest, call: Call, part: AnyPart, question: str) -> HttpResponse:
    """Asks before it removes."""
    if request.method == "POST":
        remove_part(part=part, by=request.user)
        messages.success(request, f"“{part}” was removed")
        return redirect(call_manage(call))
    context = about(call, part=part, question=question)
    return render(request, "programmes/call_part_remove.html", context)


def call_manage(call: Call) -> str:
    cohort = call.cohort
    return reverse("programmes:call_manage", args=[cohort.programme.slug, cohort.number])


def in_draft(call: Call, part: AnyPart) -> str:
    """The page of the whole call, at the part, so that the next key press is where one was."""
    return f"{call_manage(call)}#{part._meta.model_name}-{part.key}"
