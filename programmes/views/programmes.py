from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from programmes.actions.programmes import change_programme, create_programme
from programmes.forms.programme import ProgrammeForm
from programmes.models import Programme
from programmes.queries.programmes import key_figures, visible_programmes
from programmes.tables.programmes import PROGRAMMES


@require_safe
def programmes(request: SignedInRequest) -> HttpResponseBase:
    """Those that this person belongs to, through a role of any kind; to operators, all."""
    require(request.user, view="programmes.view_programmes")
    rows = visible_programmes(request.user)
    return listing_page(request, PROGRAMMES, rows, template="programmes/programmes.html")


@require_safe
def programme(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = fetch(
        request.user,
        Programme.objects.select_related("frame__lens"),
        view="programmes.view_programme",
        slug=slug,
    )
    context = {
        "programme": programme,
        "figures": key_figures(programme),
    }
    return render(request, "programmes/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_create(request: SignedInRequest) -> HttpResponse:
    require(request.user, view="programmes.view_programmes", needs="programmes.create_programme")
    form = ProgrammeForm(request.POST or None)
    if programme := form.through(create_programme, by=request.user):
        messages.success(request, f"{programme.name} was added")
        return redirect("programmes:programme", programme.slug)
    return render(request, "programmes/programme_create.html", {"form": form})


@edit_page
def programme_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = fetch(
        request.user,
        to_edit(request, Programme.objects.select_related("frame__lens")),
        view="programmes.view_programme",
        needs="programmes.change_programme",
        slug=slug,
    )
    form = ProgrammeForm(request.POST or None, instance=programme)
    if form.through(change_programme, by=request.user, programme=programme):
        messages.success(request, f"{programme.name} was saved")
        return redirect("programmes:programme", programme.slug)
    return render(request, "programmes/programme_edit.html", {"form": form, "programme": programme})
