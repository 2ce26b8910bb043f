"""Staff's page of a signing: who holds it since when, and what can be done about it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import is_within_limit
from accounts.requests import SignedInRequest
from programmes.actions.mou.asking import remind
from programmes.actions.mou.outstanding import extend, stop_reminders, void
from programmes.actions.mou.paper import record_paper
from programmes.actions.mou.signing import hand_over
from programmes.forms.mou.signatory import SuccessorForm
from programmes.forms.mou.signing import ExtendForm, PaperForm, VoidForm
from programmes.models import MOU, Method, Signatory, Signing, VersionState
from programmes.mou_states import FOR_PARTNERS
from programmes.queries.mou.sealed import sealed_of
from programmes.queries.mou.signing import is_out, trail_of, who_signs
from programmes.signed_pages import kind_of_page
from programmes.views.mou.memorandum import about, mou_of_project

MANAGE = "programmes.manage_mou"
LIMIT = "write_to_others"
Page = Callable[Concatenate[SignedInRequest, Signing, ...], HttpResponseBase]


def signing_page(needs: str = "") -> Callable[[Page], Callable[..., HttpResponseBase]]:
    """A page about the signing of one version, for whoever may see the MOU and has `needs` on it."""

    def decorate(view: Page) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def page(
            request: SignedInRequest, slug: str, project_slug: str, number: int, **others: Any
        ) -> HttpResponseBase:
            mou = mou_of_project(request, slug, project_slug, needs=needs)
            return view(request, _signing(mou, number), **others)

        return page

    return decorate


def _signing(mou: MOU, number: int) -> Signing:
    rows = Signing.objects.select_related("version")
    signing = rows.filter(version__mou=mou, version__number=number).first()
    if signing is None:
        raise Http404
    signing.version.mou = mou
    return signing


def _at(signing: Signing) -> tuple[str, str, int]:
    project = signing.version.mou.project
    return project.programme.slug, project.slug, signing.version.number


def _back(signing: Signing) -> HttpResponse:
    return redirect("programmes:mou_signing", *_at(signing))


def _about(signing: Signing, **context: object) -> dict[str, object]:
    version = signing.version
    return about(version.mou, signing=signing, version=version, **context)


def _signatory(signing: Signing, pk: int) -> Signatory:
    rows = signing.signatories.select_related("party__organisation")
    signatory = rows.filter(pk=pk).first()
    if signatory is None:
        raise Http404
    signatory.signing = signing
    return signatory


@require_safe
@signing_page()
def mou_signing(request: SignedInRequest, signing: Signing) -> HttpResponse:
    """Who holds it since when, and the trail; for staff, with what can be done about each."""
    manages = request.user.has_perm(MANAGE, signing.version.mou)
    state = VersionState(signing.version.state)
    context = _about(
        signing,
        state=FOR_PARTNERS[state],
        is_out=is_out(signing),
        manages=manages,
        facilitates=request.user.has_perm("programmes.facilitate_mou", signing.version.mou),
        may_void=manages and state in (VersionState.SENT, VersionState.SIGNED),
        parties=who_signs(signing),
        readers=list(signing.copied_in.order_by("pk")) if manages else [],
        trail=trail_of(signing),
        sealed=sealed_of(signing.version),
    )
    return render(request, "programmes/mou/signing.html", context)


@require_POST
@signing_page(MANAGE)
def mou_remind(request: SignedInRequest, signing: Signing, pk: int) -> HttpResponse:
    signatory = _signatory(signing, pk)
    if not is_within_limit(request, LIMIT):
        return render(request, "429.html", status=429)
    try:
        remind(signatory=signatory, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, f"We have written to {signatory.email}, with a new link.")
    return _back(signing)


@require_POST
@signing_page(MANAGE)
def mou_reminders(request: SignedInRequest, signing: Signing) -> HttpResponse:
    """Stop or resume those that the clock sends."""
    stop = "stop" in request.POST
    try:
        stop_reminders(signing=signing, stop=stop, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        said = "No more reminders are sent." if stop else "Reminders are sent every five days."
        messages.success(request, said)
    return _back(signing)


@require_http_methods(["GET", "HEAD", "POST"])
@signing_page(MANAGE)
def mou_extend(request: SignedInRequest, signing: Signing) -> HttpResponse:
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.through(extend, signing=signing, by=request.user):
        messages.success(request, "There is more time to sign.")
        return _back(signing)
    return render(request, "programmes/mou/extend.html", _about(signing, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
@signing_page(MANAGE)
def mou_void(request: SignedInRequest, signing: Signing) -> HttpResponse:
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.through(void, signing=signing, by=request.user):
        messages.success(request, "It is given up, and everybody has been told why.")
        return _back(signing)
    return render(request, "programmes/mou/void.html", _about(signing, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
@signing_page(MANAGE)
def mou_hand_over(request: SignedInRequest, signing: Signing, pk: int) -> HttpResponse:
    """Staff name somebody else of the same party, without a code: they vouch for it."""
    signatory = _signatory(signing, pk)
    form = SuccessorForm(request.POST if request.method == "POST" else None)
    successor = form.through(hand_over, signatory=signatory, by=request.user)
    if successor:
        messages.success(request, f"We have written to {successor.name}.")
        return _back(signing)
    context = _about(signing, form=form, signatory=signatory)
    return render(request, "programmes/mou/replace.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signing_page(MANAGE)
def mou_paper(request: SignedInRequest, signing: Signing, pk: int) -> HttpResponse:
    """The page that somebody signed, and what staff witnessed."""
    signatory = _signatory(signing, pk)
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"typed_name": signatory.name, "post": signatory.post},
    )
    if form.through(record_paper, signatory=signatory, by=request.user):
        messages.success(request, f"The signature of {signatory.name} on paper is recorded.")
        return _back(signing)
    context = _about(signing, form=form, signatory=signatory)
    return render(request, "programmes/mou/paper.html", context)


@require_safe
@signing_page(MANAGE)
def mou_signed_page(request: SignedInRequest, signing: Signing, pk: int) -> FileResponse:
    """The signed page, to download, and never to be opened by the browser as a page of ours."""
    signature = getattr(_signatory(signing, pk), "signature", None)
    if signature is None or signature.method != Method.PAPER:
        raise Http404
    if not default_storage.exists(signature.file):
        raise Http404
    file = default_storage.open(signature.file)
    kind = kind_of_page(file.read(16))
    file.seek(0)
    name = f"{signing.reference.lower()}-signed-page-{pk}{kind.ending if kind else ''}"
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["Cache-Control"] = "private, no-cache"
    return response
