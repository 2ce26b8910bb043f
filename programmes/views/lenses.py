from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from programmes.actions.lenses import create_lens, rename_lens
from programmes.forms.lens import LensCreateForm, LensNameForm
from programmes.models import Lens, LensVersion
from programmes.queries.lenses import lenses_with_last_version, tree
from programmes.tables.lenses import LENSES


@require_safe
def lenses(request: SignedInRequest) -> HttpResponseBase:
    require(request.user, view="programmes.view_lens")
    rows = lenses_with_last_version()
    return listing_page(request, LENSES, rows, template="programmes/lenses.html")


@require_safe
def lens(request: SignedInRequest, slug: str) -> HttpResponse:
    """Its last published version, and which others there are."""
    lens = fetch(request.user, Lens.objects.all(), view="programmes.view_lens", slug=slug)
    return _page(request, lens, lens.versions.filter(published_at__isnull=False).last())


@require_safe
def lens_version(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    lens = fetch(request.user, Lens.objects.all(), view="programmes.view_lens", slug=slug)
    version = get_object_or_404(lens.versions, number=number, published_at__isnull=False)
    return _page(request, lens, version)


def _page(request: SignedInRequest, lens: Lens, version: LensVersion | None) -> HttpResponse:
    versions = list(lens.versions.order_by("-number"))
    context = {
        "lens": lens,
        "version": version,
        "branches": tree(version) if version else [],
        "published": [each for each in versions if each.published_at],
        "has_draft": any(each.published_at is None for each in versions),
    }
    return render(request, "programmes/lens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lens_create(request: SignedInRequest) -> HttpResponse:
    require(request.user, view="programmes.view_lens", needs="programmes.change_lens")
    form = LensCreateForm(request.POST or None)
    if lens := form.through(create_lens, by=request.user):
        messages.success(request, f"{lens.name} was added. Give it dimensions, then publish it")
        return redirect("programmes:lens_draft", lens.slug)
    return render(request, "programmes/lens_create.html", {"form": form})


@edit_page
def lens_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Its name, which all its versions share."""
    lens = fetch(
        request.user,
        to_edit(request, Lens.objects.all()),
        view="programmes.view_lens",
        needs="programmes.change_lens",
        slug=slug,
    )
    form = LensNameForm(request.POST or None, instance=lens)
    if form.through(rename_lens, by=request.user, lens=lens):
        messages.success(request, f"{lens.name} was saved")
        return redirect("programmes:lens", lens.slug)
    return render(request, "programmes/lens_edit.html", {"form": form, "lens": lens})
