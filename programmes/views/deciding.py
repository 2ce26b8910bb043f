"""Who comes to the pages on which decisions are prepared, told and released."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.queries.calls import calls
from programmes.queries.recusals import has_recusals
from programmes.views.call_preparation import about

View = Callable[..., HttpResponse]


def deciding(needs: str) -> Callable[[View], Callable[..., Any]]:
    """A page of a call, for whoever has `needs`; told why to those who are recused from an application.

    While it saves, the call's row is held: nobody else decides, writes letters or releases meanwhile.
    """

    def decorated(view: View) -> Callable[..., Any]:
        @edit_page
        @wraps(view)
        def page(request: SignedInRequest, slug: str, number: int, **others: Any) -> HttpResponse:
            call = fetch(
                request.user,
                to_edit(request, calls()),
                view="programmes.view_panel",
                cohort__programme__slug=slug,
                cohort__number=number,
            )
            if request.user.has_perm(needs, call):
                return view(request, call, **others)
            if has_recusals(call, request.user):
                return render(request, "programmes/decisions_closed.html", about(call), status=403)
            raise PermissionDenied

        return page

    return decorated
