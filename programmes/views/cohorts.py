from django.contrib import messages
from django.db.models import Max
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.actions.cohorts import change_cohort, create_cohort
from programmes.forms.cohort import CohortForm
from programmes.models import Cohort, Programme
from programmes.queries.calls import calls
from programmes.queries.programmes import listed, visible_projects


@require_safe
def cohort(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Its projects, as far as this person may see them."""
    cohort = fetch(
        request.user,
        Cohort.objects.select_related("programme"),
        view="programmes.view_cohort",
        programme__slug=slug,
        number=number,
    )
    projects = listed(visible_projects(request.user).filter(cohort=cohort))
    context = {
        "cohort": cohort,
        "programme": cohort.programme,
        "projects": projects.order_by(Lower("place__name")),
        "call": calls().filter(cohort=cohort).first(),
    }
    return render(request, "programmes/cohort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_create(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = fetch(
        request.user,
        Programme.objects.all(),
        view="programmes.view_programme",
        needs="programmes.change_programme",
        slug=slug,
    )
    last = programme.cohorts.aggregate(number=Max("number"))["number"] or 0
    form = CohortForm(request.POST or None, initial={"number": last + 1})
    if cohort := form.through(create_cohort, by=request.user, programme=programme):
        messages.success(request, f"{cohort} was added")
        return redirect("programmes:cohort", programme.slug, cohort.number)
    return render(request, "programmes/cohort_create.html", {"form": form, "programme": programme})


@edit_page
def cohort_edit(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    cohort = fetch(
        request.user,
        to_edit(request, Cohort.objects.select_related("programme")),
        view="programmes.view_cohort",
        needs="programmes.change_cohort",
        programme__slug=slug,
        number=number,
    )
    form = CohortForm(request.POST or None, instance=cohort)
    if form.through(change_cohort, by=request.user, cohort=cohort):
        messages.success(request, f"{cohort} was saved")
        return redirect("programmes:cohort", cohort.programme.slug, cohort.number)
    context = {"form": form, "cohort": cohort, "programme": cohort.programme}
    return render(request, "programmes/cohort_edit.html", context)
