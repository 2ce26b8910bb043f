"""The versions of an MOU: read one, compare two, begin the next."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from programmes.actions.mou.versions import begin_version
from programmes.forms.mou.version import DifferenceForm
from programmes.models import MOUVersion, VersionState
from programmes.queries.mou.drafting import is_nothing_open, written
from programmes.queries.mou.sealed import sealed_of
from programmes.queries.mou.touched import must_consent
from programmes.queries.mou.versions import difference_between, version_lines
from programmes.views.mou.memorandum import about, mou_of_project


@require_safe
def mou_versions(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug)
    lines = version_lines(mou)
    versions = [line.version for line in lines]
    context = about(
        mou,
        lines=lines,
        may_begin=request.user.has_perm("programmes.facilitate_mou", mou)
        and is_nothing_open(versions),
        form=DifferenceForm(versions=versions) if versions[1:] else None,
    )
    return render(request, "programmes/mou/versions.html", context)


@require_safe
def mou_version(
    request: SignedInRequest, slug: str, project_slug: str, number: int
) -> HttpResponse:
    """One version as it reads, and what happened to it."""
    mou = mou_of_project(request, slug, project_slug)
    line = next((each for each in version_lines(mou) if each.version.number == number), None)
    if line is None:
        raise Http404
    version = line.version
    context = about(
        mou, line=line, version=version, lines=written(version).lines, sealed=sealed_of(version)
    )
    return render(request, "programmes/mou/version.html", context)


@require_safe
def mou_difference(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """What differs between any two versions; the latest two unless others are asked for."""
    mou = mou_of_project(request, slug, project_slug)
    versions = list(mou.versions.order_by("-number"))
    form = DifferenceForm(request.GET if request.GET else None, versions=versions)
    old, new = form.chosen()
    asks = must_consent(new) if new.state == VersionState.DRAFT else []
    context = about(
        mou,
        form=form,
        old=old,
        new=new,
        differences=difference_between(old, new) if old != new else [],
        asks=asks,
    )
    return render(request, "programmes/mou/version_difference.html", context)


@require_POST
def version_begin(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """The next version, which begins as the latest stands."""
    mou = mou_of_project(request, slug, project_slug, "programmes.facilitate_mou")
    try:
        draft: MOUVersion = begin_version(mou=mou, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"Version {draft.number} is begun. Propose what should change.")
    return redirect("programmes:mou", slug, project_slug)
