"""What the pages by link share, of those who sign and of those who only read."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.limits import is_within_limit
from documents.models import SealedFile
from programmes.actions.mou.reading import drawn
from programmes.models import MOUVersion, Signing, VersionState
from programmes.mou_text import read
from programmes.queries.mou.sealed import sealed_of
from programmes.queries.mou.signing import who_signs


def too_many_unknown_links(request: HttpRequest) -> HttpResponse | None:
    """Only what leads nowhere is counted: nobody is kept from their own link."""
    if is_within_limit(request, "follow_signing_link"):
        return None
    return render(request, "429.html", status=429)


def unknown_link(request: HttpRequest) -> HttpResponse:
    """No link of ours, or none any more."""
    gone = "programmes/mou/link_gone.html"
    return too_many_unknown_links(request) or render(request, gone, status=404)


def text_by_link(signing: Signing) -> dict[str, Any]:
    """What was sent, and how far it is."""
    return {
        "signing": signing,
        "version": signing.version,
        "mou": signing.version.mou,
        "agreed": read(signing.text),
        "parties": who_signs(signing),
        "sealed": sealed_of(signing.version),
    }


def pdf_by_link(request: HttpRequest, signing: Signing) -> HttpResponseBase:
    """The sealed PDF once there is one, and until then the text to read. That is drawn when the MOU is
    sent, so it may be a minute away, but no longer.
    """
    if sealed := sealed_of(signing.version):
        return sealed_file(request, signing.version, sealed)
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


def sealed_file(request: HttpRequest, version: MOUVersion, sealed: SealedFile) -> HttpResponseBase:
    """The bytes that were sealed. Of what is superseded, the name says so: the file itself cannot."""
    if not default_storage.exists(sealed.file):
        return render(request, "programmes/mou/sealed_missing.html", {"sealed": sealed}, status=503)
    superseded = "-superseded" if version.state == VersionState.SUPERSEDED else ""
    response = FileResponse(
        default_storage.open(sealed.file),
        as_attachment=True,
        filename=f"mou-version-{version.number}-{sealed.reference.lower()}{superseded}.pdf",
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
