from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.differences import differences, merge
from evaluation.actions.sections import (
    Conflict,
    discard_draft,
    refusals,
    save_section,
    settle_draft,
)
from evaluation.forms.section import DraftForm, PlaceForm, SectionForm
from evaluation.models import CaseStudy, Draft, Section, SectionRevision
from evaluation.queries.case_studies import in_order
from evaluation.quote_marks import with_mark
from evaluation.views.case_study import DRAFTS_AT_ONCE, KNOWN, WRITE, posted, with_place

SECTIONS = Section.objects.select_related("dimension").only(
    "case_study", "heading", "text", "number", "dimension__name", "dimension__position"
)


def section_of_case_study(request: SignedInRequest, pk: int) -> tuple[CaseStudy, Section]:
    """A case study that this person may write, and its section."""
    return _study_to_write(request, pk), SECTIONS.get(pk=pk)


def _study_to_write(request: SignedInRequest, section: int) -> CaseStudy:
    return fetch(request.user, with_place(), view=KNOWN, needs=WRITE, sections=section)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, pk: int) -> HttpResponse:
    """One section to write; the quotes that may go into it are fetched beside it."""
    study = _study_to_write(request, pk)
    sections = in_order(SECTIONS.filter(case_study=study))
    row = next(section for section in sections if section.pk == pk)
    form = SectionForm(posted(request), initial=_opened(row))
    if form.is_valid():
        try:
            return _save(request, row, form)
        except Conflict as conflict:
            return _draft_page(request, conflict.draft, status=409)
        except ValidationError as refused:
            form.add_error("text", refused)
    return render(request, "evaluation/section.html", _writing(request, study, row, sections, form))


def _opened(row: Section) -> dict[str, Any]:
    return {"text": row.text, "based_on": row.number, "window": str(uuid4())}


def _save(request: SignedInRequest, row: Section, form: SectionForm) -> HttpResponse:
    text = form.cleaned_data["text"]
    place = PlaceForm(request.POST)
    if place.is_valid() and (reference := place.cleaned_data["place"]):
        text = with_mark(text, reference)
    save_section(
        section=row,
        text=text,
        based_on=form.cleaned_data["based_on"],
        by=request.user,
        window=form.cleaned_data["window"],
    )
    messages.success(request, f"“{row}” is saved.")
    if request.POST.get("then") == "quotes":
        return redirect("evaluation:section_quotes", pk=row.pk)
    return redirect(row)


def _writing(
    request: SignedInRequest,
    study: CaseStudy,
    row: Section,
    sections: list[Section],
    form: SectionForm,
) -> dict[str, Any]:
    drafts = row.drafts.filter(person=request.user)
    at = sections.index(row)
    if not study.is_draft:
        form.lock()
    return {
        "form": form,
        "section": row,
        "case_study": study,
        "project": study.project,
        "quotes": reverse("evaluation:section_quotes", kwargs={"pk": row.pk}),
        "previous": sections[at - 1] if at else None,
        "next": sections[at + 1] if at + 1 < len(sections) else None,
        "drafts": drafts.only("section", "kept_at").order_by("kept_at")[:DRAFTS_AT_ONCE],
        "revision": _latest(row),
    }


def _latest(row: Section) -> SectionRevision | None:
    """Who saved the text as it stands, and when."""
    saved = row.revisions.filter(number=row.number).only("section", "saved_at", "saved_by_name")
    return saved.order_by().first() if row.number else None


@require_POST
def section_autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """The same save for the page's script: what became of it, in a sentence for the writer."""
    _, row = section_of_case_study(request, pk)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _answer("refused", " ".join(_sentences(form)), status=422)
    try:
        saved = save_section(
            section=row,
            text=form.cleaned_data["text"],
            based_on=form.cleaned_data["based_on"],
            by=request.user,
            window=form.cleaned_data["window"],
        )
    except Conflict as conflict:
        address = reverse("evaluation:draft", kwargs={"pk": conflict.draft.pk})
        return _answer("conflict", _told(conflict.current), status=409, address=address)
    except ValidationError as refused:
        sentence = " ".join(refused.messages)
        return _answer("refused", f"Not saved. {sentence}", status=422)
    now = date_format(timezone.localtime(), "H:i")
    return _answer("saved", f"Saved at {now}.", number=saved.number)


def _answer(state: str, sentence: str, *, status: int = 200, **more: Any) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence, **more}, status=status)


def _sentences(form: SectionForm) -> list[str]:
    return [str(sentence) for errors in form.errors.values() for sentence in errors]


def _told(current: SectionRevision) -> str:
    at = date_format(timezone.localtime(current.saved_at), "H:i")
    return (
        f"{current.saved_by_name} saved this section at {at}, after you opened it."
        " What you type is kept as your draft."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """What could not be saved, beside what is saved now; both can be put together here."""
    row = _own_draft(request, pk)
    if request.method != "POST":
        return _draft_page(request, row)
    form = DraftForm(request.POST)
    if form.is_valid():
        try:
            settle_draft(
                draft=row,
                text=form.cleaned_data["text"],
                based_on=form.cleaned_data["based_on"],
                by=request.user,
            )
        except Conflict as conflict:
            return _draft_page(request, conflict.draft, status=409)
        except ValidationError as refused:
            form.add_error("text", refused)
        else:
            messages.success(request, f"“{row.section}” is saved.")
            return redirect(row.section)
    return _draft_page(request, row, form=form)


@require_POST
def draft_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _own_draft(request, pk)
    discard_draft(draft=row, by=request.user)
    messages.success(request, f"Your draft of “{row.section}” is thrown away.")
    return redirect(row.section)


def _own_draft(request: SignedInRequest, pk: int) -> Draft:
    """A draft is its writer's alone, and only while they may write."""
    study = fetch(request.user, with_place(), view=KNOWN, needs=WRITE, sections__drafts=pk)
    drafts = Draft.objects.select_related("section__dimension")
    row = drafts.filter(pk=pk, person=request.user).first()
    if row is None:
        raise Http404
    row.section.case_study = study
    return row


def _draft_page(
    request: SignedInRequest, row: Draft, *, form: DraftForm | None = None, status: int = 200
) -> HttpResponse:
    current = row.section
    texts = current.revisions.filter(number__in=(row.based_on, current.number)).order_by()
    by_number = {revision.number: revision for revision in texts}
    base = by_number.get(row.based_on)
    merged = merge(base.text if base else "", row.text, current.text)
    is_stale = row.based_on != current.number
    if form is None:
        text = merged.text if is_stale else row.text
        form = DraftForm(initial={"text": text, "based_on": current.number})
    context = {
        "draft": row,
        "form": form,
        "section": current,
        "case_study": current.case_study,
        "project": current.case_study.project,
        "is_stale": is_stale,
        "is_clean": merged.is_clean,
        "refusals": [] if form.is_bound else refusals(row),
        "revision": by_number.get(current.number),
        "runs": differences(current.text, row.text),
    }
    return render(request, "evaluation/draft.html", context, status=status)
