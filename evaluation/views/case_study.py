from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.paging import Some, some_of
from documents.queries.jobs import jobs_about
from documents.tables import listing_page
from evaluation.actions.case_studies import change_case_study, start_case_study
from evaluation.actions.statuses import Step, change_status, obstacles_to, steps_from
from evaluation.forms.case_study import CaseStudyForm, StartForm, StepForm
from evaluation.jobs import CASE_STUDY_KINDS
from evaluation.models import CaseStudy, Draft
from evaluation.queries.case_studies import drafts_waiting
from evaluation.queries.missing_evidence import Quantities, missing_evidence
from evaluation.queries.readings import Reading, read_on_page
from evaluation.tables import CASE_STUDIES, case_studies_of
from programmes.models import Programme, Project

DRAFTS_AT_ONCE = 5  # the others follow as these are settled
KNOWN, READ, WRITE, DOWNLOAD = (
    "evaluation.know_of",
    "evaluation.view_case_study",
    "evaluation.change_case_study",
    "evaluation.download_case_study",
)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing until it is sent, even if it is sent empty."""
    return request.POST if request.method == "POST" else None


# What pages about a case study say of it; the project's long texts are left where they are.
_SHOWN = (
    "type",
    "title",
    "status",
    "revision",
    "project__slug",
    "project__programme__name",
    "project__programme__slug",
    "project__programme__frame_id",
    "project__place__name",
)


def with_place() -> QuerySet[CaseStudy]:
    """Case studies with what the way down to them says."""
    return CaseStudy.objects.select_related("project__programme", "project__place").only(*_SHOWN)


def with_cohort() -> QuerySet[CaseStudy]:
    """The same with what the case study itself begins with."""
    rows = CaseStudy.objects.select_related(
        "project__programme", "project__place", "project__cohort"
    )
    return rows.only(
        *_SHOWN,
        "created_at",
        "project__focus",
        "project__is_invented",
        "project__cohort__number",
    )


@require_safe
def case_studies(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The case studies of one programme: how far each is, and what evidence it lacks."""
    programmes = Programme.objects.only("name", "slug")
    programme = fetch(
        request.user, programmes, view=KNOWN, needs="evaluation.list_case_studies", slug=slug
    )
    return listing_page(
        request,
        CASE_STUDIES,
        case_studies_of(programme),
        template="evaluation/case_studies.html",
        context={"programme": programme},
    )


@require_safe
def case_study(request: SignedInRequest, pk: int) -> HttpResponse:
    """The case study as it reads now, and what stands around it."""
    studies = with_cohort().annotate(quantities=Quantities("project"))
    study = fetch(request.user, studies, view=KNOWN, needs=READ, pk=pk)
    return render(request, "evaluation/case_study.html", _page(request, study))


def _page(request: SignedInRequest, study: CaseStudy) -> dict[str, Any]:
    may = request.user.has_perm
    may_write = may(WRITE, study)
    is_inside = may(DOWNLOAD, study)
    reading = read_on_page(study)
    return {
        "case_study": study,
        "project": study.project,
        "reading": reading,
        "may_write": may_write,
        "writes": may_write and study.is_draft,
        "may_see_evidence": may("evaluation.view_evidence", study),
        "is_inside": is_inside,
        "may_list": may("evaluation.list_case_studies", study),
        "missing": missing_evidence(study) if is_inside else [],
        "steps": steps_from(study) if may_write else [],
        "drafts": _drafts(request, reading) if may_write else [],
        "address": reverse("evaluation:case_study_files", kwargs={"pk": study.pk}),
        "history": _history_address(request, study),
    }


_DRAFTS = Draft.objects.only("section", "kept_at").order_by("kept_at")


def _drafts(request: SignedInRequest, reading: Reading) -> list[Draft]:
    """This person's own, each with its section."""
    sections = {each.section.pk: each.section for each in reading.sections}
    found = list(_DRAFTS.filter(section__in=sections, person=request.user)[:DRAFTS_AT_ONCE])
    for draft in found:
        draft.section = sections[draft.section_id]
    return found


def _history_address(request: SignedInRequest, study: CaseStudy) -> str:
    """Its panel, at the page of it that is asked for."""
    address = reverse("evaluation:case_study_history", kwargs={"pk": study.pk})
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


@require_safe
@vary_on_headers("HX-Request")
def case_study_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was made of it, and how its status changed: a panel of its page."""
    study = fetch(request.user, with_place(), view=KNOWN, needs=DOWNLOAD, pk=pk)
    jobs = jobs_about(study, kinds=CASE_STUDY_KINDS.values())
    context = {
        "case_study": study,
        "project": study.project,
        "changes": some_of(study.status_changes.all(), request.GET, "changes"),
        "jobs": some_of(jobs, request.GET, "files"),
    }
    template = "evaluation/case_study_history.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_study_start(request: SignedInRequest, project_pk: int) -> HttpResponse:
    projects = Project.objects.select_related("programme", "place", "cohort", "case_study")
    project = fetch(request.user, projects, view=KNOWN, needs=WRITE, pk=project_pk)
    if started := CaseStudy.objects.filter(project=project).first():
        return redirect(started)
    form = StartForm(posted(request))
    if form.is_valid():
        try:
            study = start_case_study(
                project=project, type=form.cleaned_data["type"], by=request.user
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect(study)
    context = {"form": form, "project": project}
    return render(request, "evaluation/case_study_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_study_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    study = fetch(request.user, with_place(), view=KNOWN, needs=WRITE, pk=pk)
    form = CaseStudyForm(posted(request), instance=study)
    if form.is_valid():
        try:
            change_case_study(
                case_study=study,
                title=form.cleaned_data["title"],
                type=form.cleaned_data["type"],
                by=request.user,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect(study)
    context = {"form": form, "case_study": study, "project": study.project}
    return render(request, "evaluation/case_study_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_study_status(request: SignedInRequest, pk: int, to: str) -> HttpResponse:
    """One change of status: what it means, what stands in its way, and the button."""
    study = fetch(request.user, with_place(), view=KNOWN, needs=WRITE, pk=pk)
    step = next((step for step in steps_from(study) if step.new == to), None)
    if step is None:
        messages.info(
            request,
            f"This case study is {study.get_status_display().lower()} now."
            " Somebody may have changed it since you opened the page.",
        )
        return redirect(study)
    drafts = _left_out(step, study, request)
    form = StepForm(posted(request), asks_reason=step.asks_reason, asks_about_drafts=bool(drafts))
    if form.is_valid():
        try:
            change_status(case_study=study, to=to, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The case study is now {step.new.label.lower()}.")
            return redirect(study)
    context = {
        "form": form,
        "step": step,
        "drafts": drafts,
        "obstacles": [] if form.is_bound else _obstacles(step, study, request),
        "case_study": study,
        "project": study.project,
    }
    return render(request, "evaluation/case_study_status.html", context)


def _left_out(step: Step, study: CaseStudy, request: SignedInRequest) -> Some[Draft] | None:
    """What somebody typed and the step would leave out."""
    if not step.asks_about_drafts:
        return None
    return some_of(drafts_waiting(study), request.GET, "drafts")


def _obstacles(step: Step, study: CaseStudy, request: SignedInRequest) -> list[str]:
    """What must be done first, whatever reason is given."""
    return obstacles_to(step, study, by=request.user, reason="A reason")
