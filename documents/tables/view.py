from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from documents.tables.column import Row
from documents.tables.export import FORMATS, download
from documents.tables.listing import Listing
from documents.tables.table import Table

RESULTS = "results"  # the id of the element that htmx replaces


def listing_page(
    request: HttpRequest,
    table: Table[Row],
    rows: QuerySet[Row],
    *,
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """The list as a page, as the fragment that htmx asks for, or as the file that `download` names."""
    listing = Listing(table, rows, request.GET)
    wanted = request.GET.get("download", "")
    if wanted in FORMATS:
        return download(listing, wanted)
    restoring = "HX-History-Restore-Request" in request.headers  # htmx wants the whole page then
    only_results = request.headers.get("HX-Target") == RESULTS and not restoring
    response = render(
        request,
        "documents/list.html#results" if only_results else template,
        {"listing": listing, **(context or {})},
    )
    patch_vary_headers(response, ["HX-Target"])
    return response
