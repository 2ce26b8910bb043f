"""The draft of a lens: read, changed, published or discarded by staff."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.actions.lenses import (
    change_draft,
    discard_draft,
    draft_next_version,
    publish_version,
)
from programmes.forms.lens import LensDraftForm
from programmes.models import Lens, LensVersion
from programmes.queries.lenses import tree


def lens_to_change(request: SignedInRequest, slug: str) -> Lens:
    return fetch(
        request.user,
        Lens.objects.all(),
        view="programmes.view_lens",
        needs="programmes.change_lens",
        slug=slug,
    )


def draft_of(lens: Lens, drafts: QuerySet[LensVersion] | None = None) -> LensVersion:
    """Its draft, or 404: it was published or discarded, or nobody has begun one."""
    drafts = LensVersion.objects.all() if drafts is None else drafts
    draft = drafts.filter(lens=lens, published_at__isnull=True).first()
    if draft is None:
        raise Http404
    return draft


@require_POST
def lens_draft_create(request: SignedInRequest, slug: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    draft_next_version(lens=lens, by=request.user)
    return redirect("programmes:lens_draft", lens.slug)


@require_safe
def lens_draft(request: SignedInRequest, slug: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    draft = draft_of(lens)
    context = {"lens": lens, "draft": draft, "branches": tree(draft)}
    return render(request, "programmes/lens_draft.html", context)


@edit_page
def lens_draft_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    draft = draft_of(lens, to_edit(request, LensVersion.objects.all()))
    form = LensDraftForm(request.POST or None, instance=draft)
    if form.through(change_draft, by=request.user, version=draft):
        messages.success(request, "The draft was saved")
        return redirect("programmes:lens_draft", lens.slug)
    context = {"form": form, "lens": lens, "draft": draft}
    return render(request, "programmes/lens_draft_edit.html", context)


@require_POST
def lens_draft_publish(request: SignedInRequest, slug: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    try:
        version = publish_version(version=draft_of(lens), by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("programmes:lens_draft", lens.slug)
    messages.success(request, f"Version {version.number} of {lens.name} was published")
    return redirect("programmes:lens", lens.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def lens_draft_discard(request: SignedInRequest, slug: str) -> HttpResponse:
    lens = lens_to_change(request, slug)
    draft = draft_of(lens)
    if request.method == "POST":
        discard_draft(version=draft, by=request.user)
        messages.success(request, f"The draft of {lens.name} was discarded")
        is_left = Lens.objects.filter(pk=lens.pk).exists()
        return redirect("programmes:lens", slug) if is_left else redirect("programmes:lenses")
    return render(request, "programmes/lens_draft_discard.html", {"lens": lens, "draft": draft})
