"""The sealed file: for whoever may see the MOU, and by the link in the mail that it is sealed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from programmes.models import MOUVersion, VersionState
from programmes.mou_links import LASTS, sealed_version_of
from programmes.mou_states import FOR_PARTNERS
from programmes.queries.mou.sealed import sealed_of, sealed_version_by
from programmes.views.mou.by_link import sealed_file, too_many_unknown_links
from programmes.views.mou.memorandum import mou_of_project

NOT_SEALED = "Version {} is not sealed, so there is no sealed file of it."


@require_safe
def mou_sealed(
    request: SignedInRequest, slug: str, project_slug: str, number: int
) -> HttpResponseBase:
    mou = mou_of_project(request, slug, project_slug)
    version = mou.versions.filter(number=number).first()
    if version is None:
        raise Http404
    sealed = sealed_of(version)
    if sealed is None:
        messages.info(request, NOT_SEALED.format(number))
        return redirect("programmes:mou_version", slug, project_slug, number)
    return sealed_file(request, version, sealed)


@login_not_required
@never_cache
@require_safe
def mou_sealed_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What was sealed, and how to check it, for whoever has the mail and no account."""
    version = _version_by(token)
    if version is None:
        return _gone(request)
    context = {
        "version": version,
        "mou": version.mou,
        "state": FOR_PARTNERS[VersionState(version.state)],
        "sealed": sealed_of(version),
        "token": token,
        "lasts": LASTS.days,
    }
    return render(request, "programmes/mou/sealed_by_link.html", context)


@login_not_required
@never_cache
@require_safe
def mou_sealed_by_link_file(request: HttpRequest, token: str) -> HttpResponseBase:
    version = _version_by(token)
    sealed = sealed_of(version) if version else None
    return sealed_file(request, version, sealed) if version and sealed else _gone(request)


def _version_by(token: str) -> MOUVersion | None:
    pk = sealed_version_of(token)
    return sealed_version_by(pk) if pk is not None else None


def _gone(request: HttpRequest) -> HttpResponse:
    context = {"lasts": LASTS.days}
    return too_many_unknown_links(request) or render(
        request, "programmes/mou/sealed_link_gone.html", context, status=404
    )
