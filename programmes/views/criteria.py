"""The criteria of a call's draft: chosen from a lens, then weighted and anchored one by one."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.editing import edit_page
from accounts.requests import SignedInRequest
from programmes.actions.call_parts import add_criteria, change_criterion
from programmes.forms.criterion import CriteriaForm, CriterionForm
from programmes.models import CallVersion, Criterion, Dimension, Lens
from programmes.queries.lenses import published_lenses
from programmes.views.call_parts import in_draft, moved, part_to_change, removed
from programmes.views.call_preparation import about, call_to_manage, draft_to_change


@require_safe
def criteria_lenses(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Which lens to take criteria from."""
    call = call_to_manage(request, slug, number)
    draft_to_change(call)
    return render(
        request, "programmes/criteria_lenses.html", about(call, lenses=published_lenses())
    )


@require_http_methods(["GET", "HEAD", "POST"])
def criteria_create(request: SignedInRequest, slug: str, number: int, lens: str) -> HttpResponse:
    call = call_to_manage(request, slug, number)
    draft = draft_to_change(call)
    row = get_object_or_404(Lens, slug=lens, versions__published_at__isnull=False)
    dimensions = _left_of(row, draft)
    form = CriteriaForm(request.POST if request.method == "POST" else None, dimensions=dimensions)
    if form.is_valid():
        added = add_criteria(version=draft, dimensions=form.chosen(), by=request.user)
        messages.success(
            request,
            f"{len(added)} criteria were added" if len(added) != 1 else "1 criterion was added",
        )
        return redirect("programmes:call_manage", slug, number)
    context = about(call, form=form, lens=row, dimensions=dimensions)
    return render(request, "programmes/criteria_create.html", context)


def _left_of(lens: Lens, draft: CallVersion) -> list[Dimension]:
    """Dimensions of its last published version that are no criteria of the draft yet."""
    version = lens.versions.filter(published_at__isnull=False).latest("number")
    taken = draft.criteria.values("dimension__key")
    return list(version.dimensions.exclude(key__in=taken).order_by("position"))


@edit_page
def criterion_edit(request: SignedInRequest, slug: str, number: int, key: str) -> HttpResponse:
    call, criterion = part_to_change(request, _rows(), slug, number, key)
    form = CriterionForm(request.POST or None, instance=criterion)
    if form.through(change_criterion, by=request.user, criterion=criterion):
        messages.success(request, f"“{criterion}” was saved")
        return redirect(in_draft(call, criterion))
    context = about(call, form=form, criterion=criterion)
    return render(request, "programmes/criterion_edit.html", context)


@require_POST
def criterion_move(
    request: SignedInRequest, slug: str, number: int, key: str, way: str
) -> HttpResponse:
    return moved(request, *part_to_change(request, _rows(), slug, number, key), way)


@edit_page
def criterion_remove(request: SignedInRequest, slug: str, number: int, key: str) -> HttpResponse:
    call, criterion = part_to_change(request, _rows(), slug, number, key)
    return removed(request, call, criterion, f"Remove the criterion “{criterion}”?")


def _rows() -> QuerySet[Criterion]:
    return Criterion.objects.select_related("dimension")
