"""The dimensions of a lens's draft, each changed by a form of its own: no script is needed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.editing import edit_page, to_edit
from accounts.requests import SignedInRequest
from programmes.actions.dimensions import (
    add_dimension,
    change_dimension,
    move_dimension,
    remove_dimension,
)
from programmes.forms.lens import DimensionCreateForm, DimensionForm
from programmes.views.lens_drafts import draft_of, lens_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def dimension_create(request: SignedInRequest, slug: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    draft = draft_of(lens)
    parent = request.GET.get("part_of", "")  # the id of a dimension; any other text selects none
    form = DimensionCreateForm(request.POST or None, version=draft, initial={"parent": parent})
    if dimension := form.through(add_dimension, by=request.user, version=draft):
        messages.success(request, f"{dimension.name} was added")
        return redirect(_in_draft(slug, dimension.key))
    return render(request, "programmes/dimension_create.html", {"form": form, "lens": lens})


@edit_page
def dimension_edit(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    dimension = get_object_or_404(to_edit(request, draft_of(lens).dimensions.all()), key=key)
    form = DimensionForm(request.POST or None, instance=dimension)
    if form.through(change_dimension, by=request.user, dimension=dimension):
        messages.success(request, f"{dimension.name} was saved")
        return redirect(_in_draft(slug, key))
    context = {"form": form, "lens": lens, "dimension": dimension}
    return render(request, "programmes/dimension_edit.html", context)


@require_POST
def dimension_move(request: SignedInRequest, slug: str, key: str, way: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    dimension = get_object_or_404(draft_of(lens).dimensions, key=key)
    move_dimension(dimension=dimension, by=request.user, up=way == "up")
    return redirect(_in_draft(slug, key))


@require_http_methods(["GET", "HEAD", "POST"])
def dimension_remove(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    dimension = get_object_or_404(draft_of(lens).dimensions, key=key)
    if request.method == "POST":
        remove_dimension(dimension=dimension, by=request.user)
        messages.success(request, f"{dimension.name} was removed")
        return redirect("programmes:lens_draft", slug)
    context = {"lens": lens, "dimension": dimension, "parts": dimension.children.all()}
    return render(request, "programmes/dimension_remove.html", context)


def _in_draft(slug: str, key: str) -> str:
    """The draft's page, at the dimension, so that the next key press is where one was."""
    return f"{reverse('programmes:lens_draft', args=[slug])}#{key}"
