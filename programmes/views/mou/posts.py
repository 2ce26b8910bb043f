"""Recording that somebody who signed has left their post."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from programmes.actions.mou.posts import record_left_post
from programmes.forms.mou.post import LeftPostForm
from programmes.models import Signatory
from programmes.views.mou.memorandum import about, mou_of_project


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_post(
    request: SignedInRequest, slug: str, project_slug: str, number: int, pk: int
) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug, "programmes.facilitate_mou")
    rows = Signatory.objects.filter(signing__version__mou=mou, signing__version__number=number)
    signatory = get_object_or_404(
        rows.select_related("party__organisation", "signing__version__mou"), pk=pk
    )
    form = LeftPostForm(
        request.POST if request.method == "POST" else None,
        initial={"left_post_on": signatory.left_post_on},
    )
    if form.through(record_left_post, signatory=signatory, by=request.user):
        messages.success(request, f"What you recorded of {signatory.name} is saved.")
        return redirect("programmes:mou_signing", slug, project_slug, number)
    version = signatory.signing.version
    context = about(mou, version=version, signatory=signatory, form=form)
    return render(request, "programmes/mou/signatory_post.html", context)
