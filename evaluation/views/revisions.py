from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from documents.differences import differences
from evaluation.forms.section import SectionForm
from evaluation.views.section import section_of_case_study

REVISIONS_ON_PAGE = 20


@require_safe
def section_revisions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every text that a section had, newest first."""
    study, section = section_of_case_study(request, pk)
    pages = Paginator(section.revisions.defer("text").order_by("-number"), REVISIONS_ON_PAGE)
    context = {
        "case_study": study,
        "project": study.project,
        "section": section,
        "page": pages.get_page(request.GET.get("page")),
    }
    return render(request, "evaluation/section_revisions.html", context)


@require_safe
def section_revision(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """One text that a section had: what it changed, and a way to use it again."""
    study, section = section_of_case_study(request, pk)
    revision = section.revisions.filter(number=number).first()
    if revision is None:
        raise Http404
    before = section.revisions.filter(number=number - 1).first()
    again = SectionForm(initial={"text": revision.text, "based_on": section.number})
    context = {
        "case_study": study,
        "project": study.project,
        "section": section,
        "revision": revision,
        "runs": differences(before.text if before else "", revision.text),
        "again": again if study.is_draft and revision.text != section.text else None,
        "address": section.get_absolute_url(),
    }
    return render(request, "evaluation/section_revision.html", context)
