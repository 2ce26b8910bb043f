"""When the partners meet over their MOU, what came of each meeting, and the MOU's end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.requests import SignedInRequest
from documents.paging import some_of
from programmes.actions.mou.reviews import end_mou, plan_review, record_review
from programmes.forms.mou.review import EndForm, ReviewForm, ReviewPlanForm
from programmes.models import MOU
from programmes.mou_states import OPEN_COMMITMENTS
from programmes.queries.mou.drafting import draft_among, in_force_among, out_among, versions_of
from programmes.views.mou.memorandum import about, mou_of_project

FACILITATE = "programmes.facilitate_mou"


@require_safe
def mou_reviews(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """The next one, and what came of those before."""
    mou = mou_of_project(request, slug, project_slug)
    goes_on = mou.ended_at is None
    context = about(
        mou,
        reviews=some_of(mou.reviews.order_by("-held_on", "-pk"), request.GET, "reviews"),
        may_record=goes_on and request.user.has_perm(FACILITATE, mou),
        may_end=goes_on and request.user.has_perm("programmes.manage_mou", mou),
    )
    return render(request, "programmes/mou/reviews.html", context)


@edit_page
def review_plan(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """Say, or move, the day of the next review."""
    rows = to_edit(request, MOU.objects.all())
    mou = mou_of_project(request, slug, project_slug, FACILITATE, rows)
    form = ReviewPlanForm(request.POST if request.method == "POST" else None, instance=mou)
    if form.through(plan_review, mou=mou, by=request.user):
        messages.success(request, "The day of the next review was saved.")
        return redirect("programmes:mou_reviews", slug, project_slug)
    return render(request, "programmes/mou/review_plan.html", about(mou, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
def review_record(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """The meeting: when, who came, what was decided, and when the next one is."""
    mou = mou_of_project(request, slug, project_slug, FACILITATE)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.through(record_review, mou=mou, by=request.user):
        messages.success(request, "The review is recorded, for all partners to see.")
        return redirect("programmes:mou_reviews", slug, project_slug)
    return render(request, "programmes/mou/review_record.html", about(mou, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
def mou_end(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """What happens to all that hangs on it, the reason, and one button."""
    mou = mou_of_project(request, slug, project_slug, "programmes.manage_mou")
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.through(end_mou, mou=mou, by=request.user):
        messages.success(request, "The MOU has ended, and everybody has been told why.")
        return redirect("programmes:mou", slug, project_slug)
    versions = versions_of(mou)
    context = about(
        mou,
        form=form,
        draft=draft_among(versions),
        in_force=in_force_among(versions),
        out=out_among(versions),
        still_open=mou.commitments.filter(state__in=OPEN_COMMITMENTS).count(),
    )
    return render(request, "programmes/mou/end.html", context)
