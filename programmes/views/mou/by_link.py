"""What the pages by link share, of those who sign and of those who only read."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.limits import is_within_limit
from programmes.actions.mou.reading import drawn
from programmes.models import Signing
from programmes.mou_text import read
from programmes.queries.mou.signing import who_signs


def unknown_link(request: HttpRequest) -> HttpResponse:
    """No link of ours, or none any more. Only such are counted: nobody is kept from their own."""
    if not is_within_limit(request, "follow_signing_link"):
        return render(request, "429.html", status=429)
    return render(request, "programmes/mou/link_gone.html", status=404)


def text_by_link(signing: Signing) -> dict[str, Any]:
    """What was sent, and how far it is."""
    return {
        "signing": signing,
        "version": signing.version,
        "mou": signing.version.mou,
        "agreed": read(signing.text),
        "parties": who_signs(signing),
    }


def pdf_by_link(request: HttpRequest, signing: Signing) -> HttpResponseBase:
    """The PDF to read. It is drawn when the MOU is sent, so it may be a minute away, but no longer."""
    job = drawn(signing.version)
    if job is None or not default_storage.exists(job.result_file):
        context = {"signing": signing}
        return render(request, "programmes/mou/pdf_not_yet.html", context, status=503)
    return FileResponse(
        default_storage.open(job.result_file),
        as_attachment=True,
        filename=job.result_name,
        content_type="application/pdf",
    )
