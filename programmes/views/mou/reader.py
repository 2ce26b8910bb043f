"""The page of somebody who reads what is being signed, by their link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programmes.mou_states import FOR_PARTNERS
from programmes.queries.mou.signing import reader_by
from programmes.views.mou.by_link import pdf_by_link, text_by_link, unknown_link


@login_not_required
@never_cache
@require_safe
def mou_read(request: HttpRequest, token: str) -> HttpResponseBase:
    reader = reader_by(token)
    if reader is None:
        return unknown_link(request)
    state = FOR_PARTNERS[reader.signing.version.state]  # type: ignore[index]
    context = text_by_link(reader.signing) | {"reader": reader, "token": token, "state": state}
    return render(request, "programmes/mou/read.html", context)


@login_not_required
@never_cache
@require_safe
def mou_read_pdf(request: HttpRequest, token: str) -> HttpResponseBase:
    reader = reader_by(token)
    return pdf_by_link(request, reader.signing) if reader else unknown_link(request)
