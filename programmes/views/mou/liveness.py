"""How alive an MOU is: to its place as it stands today, to others of the programme a fortnight later."""

from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.models import MOU, Programme
from programmes.queries.mou.liveness import life_of
from programmes.queries.mou.measures import measures, table
from programmes.queries.mou.months import (
    days_to_show,
    latest_for_staff,
    month_end_of,
    reaches_staff_on,
)
from programmes.views.mou.memorandum import about, mou_of_project


@require_safe
def liveness(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """Five measures, each with its last twelve months."""
    mou = mou_of_project(request, slug, project_slug)
    today = timezone.localdate()
    is_first = request.user.has_perm("programmes.see_liveness_first", mou)
    for_staff = latest_for_staff(today)
    latest = today if is_first else for_staff
    if mou.ended_at:  # from then on there is nothing to measure
        latest = min(latest, timezone.localdate(mou.ended_at))
    life = life_of(mou)
    context = about(
        mou,
        is_first=is_first,
        for_staff=for_staff,
        reached_staff_on=reaches_staff_on(for_staff),
        latest=latest,
        since=life.begun_on,
        signed=life.sealed_number,
        facilitates=request.user.has_perm("programmes.facilitate_mou", mou),
    )
    if latest < life.begun_on:
        first = reaches_staff_on(month_end_of(life.begun_on))
        return render(request, "programmes/mou/liveness_not_yet.html", context | {"first": first})
    days = days_to_show(latest, life.begun_on)
    moments = [life.on(day) for day in days]
    columns, rows = table(moments)
    context |= {"measures": measures(moments, today), "columns": columns, "rows": rows}
    return render(request, "programmes/mou/liveness.html", context)


@require_safe
def mous_alive(request: SignedInRequest, slug: str) -> HttpResponse:
    """The places whose MOUs can be looked at, each alone. Nothing here can be compared or sorted."""
    programme = fetch(
        request.user,
        Programme.objects.only("name", "slug"),
        view="programmes.view_programme",
        needs="programmes.list_mous",
        slug=slug,
    )
    rows = MOU.objects.filter(project__programme=programme).order_by(
        Lower("project__place__name"), "project__slug"
    )
    context = {
        "programme": programme,
        "mous": list(rows.values_list("project__place__name", "project__focus", "project__slug")),
        "for_staff": latest_for_staff(timezone.localdate()),
    }
    return render(request, "programmes/mou/mous_alive.html", context)
