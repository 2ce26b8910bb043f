"""For anybody: what holds of a sealed document and what does not, and how to see that without us."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import is_within_limit
from documents.forms.checking import ReferenceForm, SealedFileForm
from documents.models import SealCertificate
from documents.queries.seals import checker, sealed_with_digest
from documents.sealing.verdict import Answer, Outcome

LIMIT = "check_document"
TAGS = {
    Answer.HOLDS: "govuk-tag--green",
    Answer.DOES_NOT_HOLD: "govuk-tag--red",
    Answer.UNKNOWN: "govuk-tag--grey",
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A file is posted and forgotten; a reference stands in the address, so that it can be a link."""
    is_file, is_reference = request.method == "POST", "reference" in request.GET
    by_file = SealedFileForm(*((request.POST, request.FILES) if is_file else ()))
    by_reference = ReferenceForm(request.GET if is_reference and not is_file else None)
    asked = by_file if is_file else by_reference
    if (is_file or is_reference) and not is_within_limit(request, LIMIT):
        return render(request, "429.html", status=429)
    context = {
        "by_file": by_file,
        "by_reference": by_reference,
        "form": asked,
        "certificates": SealCertificate.objects.all(),
        "verdict": None,
        "sealed": None,
    }
    if asked.is_valid():
        context |= _of_file(by_file) if is_file else {"sealed": by_reference.found}
    return render(request, "documents/check.html", context)


def _of_file(form: SealedFileForm) -> dict[str, object]:
    with checker() as checking:
        verdict = checking.check(form.cleaned_data["file"].read())
    return {
        "verdict": verdict,
        "is_good": verdict.outcome == Outcome.SEALED,
        "findings": [(each, TAGS[each.answer]) for each in verdict.findings],
        "sealed": sealed_with_digest(verdict.sha256),
        "file_name": form.cleaned_data["file"].name,
    }


@login_not_required
@require_safe
def seal_certificate(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """A certificate as a file, which any program reads."""
    row = get_object_or_404(SealCertificate, fingerprint=fingerprint)
    return HttpResponse(
        row.pem,
        content_type="application/x-pem-file",
        headers={
            "Content-Disposition": f'attachment; filename="{row.use}-{fingerprint[:8]}.pem"',
            "Cache-Control": "no-cache",
        },
    )
