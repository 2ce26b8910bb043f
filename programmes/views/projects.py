from typing import Any

from django.contrib import messages
from django.db.models.functions import Lower
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.paging import some_of
from documents.tables import listing_page
from places.models import Place
from places.queries.partnerships import partners_of_place
from programmes.actions.projects import change_project, create_project
from programmes.forms.project import ProjectCreateForm, ProjectForm
from programmes.models import Programme, Project
from programmes.queries.programmes import (
    listed,
    programmes_run_by,
    visible_projects,
    withdrew_at,
)
from programmes.tables.projects import projects_of


@require_safe
def projects(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Those of the programme that this person may see."""
    programme = fetch(
        request.user, Programme.objects.all(), view="programmes.view_programme", slug=slug
    )
    rows = visible_projects(request.user).filter(programme=programme)
    return listing_page(
        request,
        projects_of(programme),
        listed(rows),
        template="programmes/projects.html",
        context={"programme": programme},
    )


@require_safe
def project(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    project = fetch(
        request.user,
        Project.objects.select_related("programme", "cohort", "place"),
        view="programmes.view_project",
        programme__slug=slug,
        slug=project_slug,
    )
    context = {
        "project": project,
        "programme": project.programme,
        "withdrew_at": withdrew_at(project),
        "partnerships": partners_of_place(project.place).filter(left_on__isnull=True),
        "sponsors": project.sponsors.all() if project.application_id else [],
        "funding": project.funding.all() if project.application_id else [],
    }
    return render(request, "programmes/project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = fetch(
        request.user,
        Programme.objects.all(),
        view="programmes.view_programme",
        needs="programmes.change_programme",
        slug=slug,
    )
    form = ProjectCreateForm(
        request.POST or None, programme=programme, initial={"place": _place_asked_for(request)}
    )
    if project := form.through(create_project, by=request.user, programme=programme):
        messages.success(request, f"The project of {project.place} was added")
        return redirect("programmes:project", programme.slug, project.slug)
    return render(request, "programmes/project_create.html", {"form": form, "programme": programme})


def _place_asked_for(request: SignedInRequest) -> int | None:
    """Whose page led here, to be selected already."""
    slug = request.GET.get("place")
    return Place.objects.filter(slug=slug).values_list("pk", flat=True).first() if slug else None


@edit_page
def project_edit(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    project = fetch(
        request.user,
        to_edit(request, Project.objects.select_related("programme", "cohort", "place")),
        view="programmes.view_project",
        needs="programmes.change_project",
        programme__slug=slug,
        slug=project_slug,
    )
    form = ProjectForm(request.POST or None, instance=project, programme=project.programme)
    if form.through(change_project, by=request.user, project=project):
        messages.success(request, f"The project of {project.place} was saved")
        return redirect("programmes:project", project.programme.slug, project.slug)
    context = {"form": form, "project": project, "programme": project.programme}
    return render(request, "programmes/project_edit.html", context)


@require_safe
@vary_on_headers("HX-Request")
def place_panel(request: SignedInRequest, slug: str) -> HttpResponse:
    """For the page of a place, one floor below: its projects that this person may see."""
    place = fetch(request.user, Place.objects.all(), view="places.view_register", slug=slug)
    projects = visible_projects(request.user).filter(place=place)
    shown = projects.select_related("programme", "cohort").order_by(
        Lower("programme__name"), "cohort__number"
    )
    own = programmes_run_by(request.user)
    context: dict[str, Any] = {
        "place": place,
        "projects": shown,
        "programmes": None if shown else some_of(own, request.GET, "programmes"),
    }
    template = "programmes/place_panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
