"""The pages of somebody who was asked to sign, by their link: they have no account."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import is_within_limit
from accounts.queries.second_factor import address_has_second_factor
from accounts.requests import client_address
from accounts.sign_in import has_passed_second_factor
from programmes import mou_words
from programmes.actions.mou.codes import live_code, send_code
from programmes.actions.mou.signing import (
    OVER,
    Trace,
    ask_for_paper,
    decline,
    hand_over_by_code,
    open_link,
    sign,
)
from programmes.forms.mou.signatory import DeclineForm, HandOverForm, SignForm
from programmes.models import Signatory, SignatoryState, Signing, VersionState
from programmes.mou_states import FOR_PARTNERS
from programmes.mou_text import Agreed, read
from programmes.queries.mou.signing import is_out, signatory_by, steps_of
from programmes.views.mou.by_link import pdf_by_link, text_by_link, unknown_link

Page = Callable[..., HttpResponseBase]
TRIED_TOO_OFTEN = "You have tried too often. Wait ten minutes, then try again"


def by_link(view: Page) -> Page:
    """A page for whoever holds the link of a signatory; anybody else reads what may be wrong."""

    @login_not_required
    @never_cache
    @wraps(view)
    def page(request: HttpRequest, token: str) -> HttpResponseBase:
        signatory = signatory_by(token)
        return view(request, signatory, token) if signatory else unknown_link(request)

    return page


def to(step: SignatoryState) -> Callable[[Page], Page]:
    """A page on which this step is taken; where it cannot be taken any more, back to what stands."""

    def decorate(view: Page) -> Page:
        @by_link
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def page(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponseBase:
            if step not in steps_of(signatory):
                return redirect("programmes:mou_sign", token)
            return view(request, signatory, token)

        return page

    return decorate


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def mou_sign(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponse:
    """What is to be signed, who asks, who else signs, and what one may do; later, what became of it.

    At first it says who asks, and has a button to read it: programs that fetch the links of a mail to
    see whether they are safe press none, and so have opened nothing.
    """
    if request.method == "POST":
        open_link(signatory)
        return redirect("programmes:mou_sign", token)
    steps = steps_of(signatory)
    if SignatoryState.OPENED in steps:
        context = {"signatory": signatory, "signing": signatory.signing}
        return render(request, "programmes/mou/before_reading.html", context)
    context = text_by_link(signatory.signing) | {
        "signatory": signatory,
        "signature": signatory.signature if signatory.state == SignatoryState.SIGNED else None,
        "token": token,
        "state": FOR_PARTNERS[signatory.signing.version.state],  # type: ignore[index]
        "is_out": is_out(signatory.signing),
        "over": _over(signatory.signing),
        "may_sign": SignatoryState.SIGNED in steps,
        "may_hand_over": SignatoryState.HANDED_OVER in steps,
        "may_decline": SignatoryState.DECLINED in steps,
        "may_ask_for_paper": SignatoryState.PAPER in steps,
    }
    return render(request, "programmes/mou/sign.html", context)


@by_link
@require_safe
def mou_sign_pdf(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponseBase:
    return pdf_by_link(request, signatory.signing)


@to(SignatoryState.SIGNED)
def mou_agree(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponse:
    """Consent, statement of intent, authority, the typed name and the code: then it is signed."""
    agreed = read(signatory.signing.text)
    has_second = _has_second_factor(request, signatory)

    def form_for(data: Mapping[str, Any] | None, typed: dict[str, Any]) -> SignForm:
        initial = {
            "post": signatory.post,
            "text_sha256": signatory.signing.text_sha256,
            "words_version": mou_words.VERSION,
        }
        return SignForm(data, initial=initial | typed, statement=_statement(signatory, agreed))

    form = _form(request, signatory, form_for)
    if form.is_bound and _may_try(request, form):
        trace = Trace(client_address(request), request.headers.get("User-Agent", ""))
        if form.through(sign, signatory=signatory, trace=trace, has_second_factor=has_second):
            messages.success(request, "Thank you. You have signed.")
            return redirect("programmes:mou_sign", token)
    context = _with_code(signatory, form, token, has_second) | {"agreed": agreed}
    return render(request, "programmes/mou/agree.html", context)


@to(SignatoryState.HANDED_OVER)
def mou_sign_hand_over(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponse:
    """To the right officer. It asks for the code, so that no one but the signatory names another."""
    has_second = _has_second_factor(request, signatory)
    form = _form(request, signatory, lambda data, typed: HandOverForm(data, initial=typed))
    if form.is_bound and _may_try(request, form):
        successor = form.through(
            hand_over_by_code, signatory=signatory, has_second_factor=has_second
        )
        if successor:
            messages.success(request, f"We have written to {successor.name}.")
            return redirect("programmes:mou_sign", token)
    context = _with_code(signatory, form, token, has_second)
    return render(request, "programmes/mou/hand_over.html", context)


@to(SignatoryState.DECLINED)
def mou_decline(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponse:
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.through(decline, signatory=signatory):
        messages.success(request, "You have declined, and whoever asked you has been told.")
        return redirect("programmes:mou_sign", token)
    context = {"signatory": signatory, "token": token, "form": form}
    return render(request, "programmes/mou/decline.html", context)


@to(SignatoryState.PAPER)
def mou_ask_for_paper(request: HttpRequest, signatory: Signatory, token: str) -> HttpResponse:
    if request.method == "POST":
        try:
            ask_for_paper(signatory=signatory)
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
        else:
            messages.success(request, "You have asked to sign on paper. Staff will write to you.")
        return redirect("programmes:mou_sign", token)
    context = {"signatory": signatory, "token": token}
    return render(request, "programmes/mou/ask_for_paper.html", context)


def _over(signing: Signing) -> str:
    """Why it can no longer be signed; its time may be over before the clock has noted it."""
    return OVER.get(VersionState(signing.version.state), OVER[VersionState.EXPIRED])


def _statement(signatory: Signatory, agreed: Agreed) -> str:
    return mou_words.statement(
        title=agreed["title"],
        version=agreed["version"],
        reference=signatory.signing.reference,
        organisation=str(signatory.party),
    )


def _has_second_factor(request: HttpRequest, signatory: Signatory) -> bool:
    """Whether they themselves are signed in, and have shown a second factor."""
    user = request.user
    is_theirs = user.is_authenticated and user.email.lower() == signatory.email.lower()
    return is_theirs and has_passed_second_factor(request)


def _form(request: HttpRequest, signatory: Signatory, make: Callable[..., Any]) -> Any:
    """The form as it was sent. Where a code was asked for with it, one is sent, and what was typed is
    shown again without complaint.
    """
    if request.method != "POST":
        return make(None, {})
    if "send_code" not in request.POST:
        return make(request.POST, {})
    try:
        if not is_within_limit(request, "send_signing_code"):
            raise ValidationError(TRIED_TOO_OFTEN)
        send_code(signatory)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, f"We have sent a code to {signatory.email}.")
    typed = {name: value for name, value in request.POST.items() if name != "code"}
    return make(None, {name: typed[name] for name in make(None, {}).fields if name in typed})


def _may_try(request: HttpRequest, form: Any) -> bool:
    if not form.is_valid():
        return False
    if is_within_limit(request, "try_signing_code"):
        return True
    form.add_error("code", TRIED_TOO_OFTEN)
    return False


def _with_code(signatory: Signatory, form: Any, token: str, has_second: bool) -> dict[str, Any]:
    return {
        "asks_second": not has_second and address_has_second_factor(signatory.email),
        "signatory": signatory,
        "signing": signatory.signing,
        "version": signatory.signing.version,
        "token": token,
        "form": form,
        "problems": [(field, field.errors) for field in form.visible_fields()],
        "code": live_code(signatory),
    }
