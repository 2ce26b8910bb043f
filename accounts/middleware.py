"""Who gets past sign-in and the second step, and that no cache keeps what they see."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.queries.second_factor import must_set_up
from accounts.typed import keep_typed

SET_UP = "mfa_index"
OPEN_MEANWHILE = {"account_logout", "accounts:privacy"}


def ask_again(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. What a signed-in person sees, no cache gives to others or without asking.

    A view that sets Cache-Control itself is left alone. It is not `no-store`, with which Back loses
    what was typed into a form.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Every page asks for sign-in, but those marked `login_not_required`.

    A fragment asks for it with the whole page, so that no sign-in form lands in the middle of one.
    What was typed into a page that says so is kept meanwhile (`accounts.typed`).
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        htmx = HtmxDetails(request)
        if htmx:
            page = htmx.current_url_abs_path or resolve_url("home")
            to_sign_in = redirect_to_login(page, resolve_url(self.get_login_url(view_func)))
            return HttpResponseClientRedirect(to_sign_in.url)
        if request.method == "POST" and getattr(view_func, "keeps_typed", False):
            keep_typed(request)
        return super().handle_no_permission(request, view_func)


class SecondFactorRequired(MiddlewareMixin):
    """Staff, evaluators and operators reach only the set-up pages until they have a second step."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith("mfa_") or name in OPEN_MEANWHILE:
            return None
        if not request.user.is_authenticated or not must_set_up(request.user):
            return None
        if HtmxDetails(request):
            return HttpResponseClientRedirect(resolve_url(SET_UP))
        return redirect(SET_UP)
