"""A page on which a row is changed: read freely, and saved while nobody else can change the row."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

Row = TypeVar("Row", bound=models.Model)
View = Callable[..., HttpResponseBase]


def edit_page(view: View) -> View:
    """For GET and POST; a POST is one transaction, from the reading of the row to its audit event."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return page


def to_edit(request: HttpRequest, rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """The rows, each locked as it is read if the request will write it.

    Then without what they belong to: a row that somebody else moves elsewhere while we wait for it no
    longer fits what it was joined to, and PostgreSQL would not find it.
    """
    if request.method != "POST":
        return rows
    return rows.select_related(None).select_for_update(of=("self",))
