"""What somebody typed into a page whose session had ended: kept while they sign in, then shown again.

A view marked `@keeps_typed` takes part. Its form says in a field `writer` whose page it is (a person's
id), so that nobody else who signs in at that browser is shown it. Files are not kept.

    @keeps_typed
    @require_http_methods(["GET", "HEAD", "POST"])
    def answer(request, pk): ...
        data = typed_before(request)  # what to fill the form with, or None
"""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase, QueryDict

from accounts.requests import SignedInRequest

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
KEY = "typed_while_signed_out"
MOST = 500_000  # characters; more than any page of ours takes


def keeps_typed(view: View) -> View:
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def keep_typed(request: HttpRequest) -> None:
    """Put what was sent into the browser's new session."""
    typed = request.POST.urlencode()
    if len(typed) <= MOST:
        request.session[KEY] = {
            "path": request.path,
            "writer": request.POST.get("writer", ""),
            "typed": typed,
        }


def typed_before(request: SignedInRequest) -> QueryDict | None:
    """What this person sent to this page while they were signed out. It is told once."""
    kept = request.session.get(KEY)
    if kept is None or kept["path"] != request.path or request.method == "POST":
        return None
    del request.session[KEY]
    return QueryDict(kept["typed"]) if kept["writer"] == str(request.user.pk) else None
