"""A member of the panel reads and scores."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import SignedInRequest
from programmes.actions.interests import declare_later
from programmes.actions.scores import Moved, keep_typed, save_note, save_scores
from programmes.forms.interest import LaterForm
from programmes.forms.score import NoteForm, ScoreForm
from programmes.models import (
    Application,
    CallPhase,
    Criterion,
    PanelMember,
    PrivateNote,
    ScoreSheet,
)
from programmes.queries.board import criteria_of
from programmes.queries.panels import ToRead, recused_from, to_read
from programmes.queries.recusals import readable_by, undeclared
from programmes.queries.scores import shows_others, submitted_by_others
from programmes.queries.submissions import latest_submission, read_submission
from programmes.queries.supports import backings_of
from programmes.queries.switches import switches_of
from programmes.views.call_preparation import about
from programmes.views.seats import seat

ANCHORED = (
    "key",
    "weight",
    "position",
    "dimension__name",
    "looks_like_1",
    "looks_like_3",
    "looks_like_5",
)


@dataclass(frozen=True)
class Desk:
    """A member of the panel with all that they read, and one application of it before them."""

    member: PanelMember
    switches: CallPhase
    rows: list[ToRead]
    at: int

    @property
    def application(self) -> Application:
        return self.rows[self.at].application

    @property
    def sheet(self) -> ScoreSheet | None:
        return self.rows[self.at].sheet

    def neighbour(self, steps: int) -> Application | None:
        """What stands so many places further on in the list."""
        there = self.at + steps
        return self.rows[there].application if 0 <= there < len(self.rows) else None


@require_safe
def reading(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What a member has to read and score, and how far they are."""
    member = seat(request.user, slug, number)
    switches = switches_of(member.call)
    rows = to_read(member) if switches.members_read else []
    asked = switches.members_declare and not rows  # nothing opens before all is declared
    context = about(
        member.call,
        switches=switches,
        rows=rows,
        submitted=sum(each.is_submitted for each in rows),
        to_declare=undeclared(member).count() if asked else 0,
        recused=recused_from(member),
    )
    return render(request, "programmes/reading.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def score(request: SignedInRequest, slug: str, number: int, application: int) -> HttpResponse:
    """One application and what the member makes of it, side by side."""
    try:
        desk = _desk(request, slug, number, application)
    except Http404:
        if request.method == "POST" and (closed := _closed(request, slug, number)):
            return closed
        raise
    member, row, sheet = desk.member, desk.application, desk.sheet
    criteria = list(criteria_of(member.call).only(*ANCHORED))
    form = _form(request, criteria, sheet)
    status = 200
    if form.is_valid():
        try:
            return _saved(request, member, row, form)
        except PermissionDenied:
            if closed := _closed(request, slug, number):
                return closed
            raise
        except Moved as moved:
            status = 409
            form = _again(request, moved, criteria)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    shows = shows_others(desk.switches, sheet)
    context = about(
        member.call,
        application=row,
        previous=desk.neighbour(-1),
        next=desk.neighbour(1),
        form=form,
        sheet=sheet,
        switches=desk.switches,
        criteria=criteria,
        words=[] if desk.switches.members_score else _not_saved(form, sheet),
        others=submitted_by_others(member, row, criteria) if shows else None,
    )
    return render(request, "programmes/score.html", context, status=status)


def _form(
    request: SignedInRequest, criteria: list[Criterion], sheet: ScoreSheet | None
) -> ScoreForm:
    """As it was sent; or as the page kept it by itself; or as it is saved."""
    if request.method == "POST":
        return ScoreForm(request.POST, criteria=criteria, sheet=sheet)
    if sheet is None or not sheet.unsaved:
        return ScoreForm(criteria=criteria, sheet=sheet)
    begun = {"based_on": sheet.number, **sheet.unsaved}
    return ScoreForm(initial=begun, criteria=criteria, sheet=sheet)


def _not_saved(form: ScoreForm, sheet: ScoreSheet | None) -> list[tuple[str, str]]:
    """What was sent, or else what the page kept by itself."""
    typed = form.typed() if form.is_bound else sheet.unsaved if sheet else {}
    return form.words(typed)


def _closed(request: SignedInRequest, slug: str, number: int) -> HttpResponse | None:
    """What somebody typed who sat on this panel when they opened the page: for them to copy.

    It says nothing of any application: they may have been removed, or recused.
    """
    seats = PanelMember.objects.select_related("call__cohort__programme")
    cohort = {"call__cohort__programme__slug": slug, "call__cohort__number": number}
    member = seats.filter(person=request.user, **cohort).first()
    if member is None:
        return None
    criteria = list(criteria_of(member.call).only(*ANCHORED))
    words = _not_saved(ScoreForm(request.POST, criteria=criteria, sheet=None), None)
    if note := request.POST.get("text"):
        words.append(("Private note", note))
    if not words:
        return None
    context = {"call": member.call, "words": words}
    return render(request, "programmes/score_closed.html", context, status=403)


@require_POST
def score_autosave(
    request: SignedInRequest, slug: str, number: int, application: int
) -> JsonResponse:
    """Keep what the member types, for the page's script: nothing of it is saved as a score."""
    desk = _desk(request, slug, number, application)
    criteria = list(criteria_of(desk.member.call).only(*ANCHORED))
    form = ScoreForm(request.POST, criteria=criteria, sheet=desk.sheet)
    try:
        sheet = keep_typed(
            member=desk.member,
            application=desk.application,
            typed={"based_on": str(_based_on(form)), **form.typed()},
            by=request.user,
        )
    except ValidationError as refusal:
        sentence = refusal.messages[0]
        return JsonResponse({"state": "refused", "sentence": sentence}, status=422)
    at = date_format(timezone.localtime(), "H:i")
    still = "Save the changes to submit them." if sheet.submitted_at else "Not submitted yet."
    told: dict[str, object] = {
        "state": "saved",
        "sentence": f"Kept at {at}. {still}",
        "number": _based_on(form),
    }
    return JsonResponse(told)


def _based_on(form: ScoreForm) -> int:
    """The sheet that the page showed: what it kept by itself is no newer than that."""
    form.full_clean()
    number: int = form.cleaned_data.get("based_on", 0)
    return number


def _again(request: SignedInRequest, moved: Moved, criteria: list[Criterion]) -> ScoreForm:
    """The form as it was sent, now based on what was saved in the other window."""
    sent = request.POST.copy()
    sent["based_on"] = str(moved.sheet.number)
    form = ScoreForm(sent, criteria=criteria, sheet=moved.sheet)
    form.add_error(None, f"{moved} Check that this is what you want, then save it again")
    return form


def _saved(
    request: SignedInRequest, member: PanelMember, row: Application, form: ScoreForm
) -> HttpResponse:
    submit = "hand_in" in request.POST
    sheet = save_scores(
        member=member,
        application=row,
        scores=form.scores,
        comment=form.cleaned_data["comment"],
        based_on=form.cleaned_data["based_on"],
        by=request.user,
        submit=submit,
    )
    programme, cohort = member.call.cohort.programme, member.call.cohort
    if sheet.submitted_at is None:
        messages.success(request, f"Your scores of {row.place_name} are saved as a draft.")
        return redirect("programmes:score", programme.slug, cohort.number, row.number)
    messages.success(request, f"Your scores of {row.place_name} are submitted.")
    if submit and (following := _next_to_score(member)):
        return redirect("programmes:score", programme.slug, cohort.number, following.number)
    return redirect("programmes:reading", programme.slug, cohort.number)


def _next_to_score(member: PanelMember) -> Application | None:
    return next((each.application for each in to_read(member) if not each.is_submitted), None)


@require_safe
@vary_on_headers("HX-Request")
def score_text(request: SignedInRequest, slug: str, number: int, application: int) -> HttpResponse:
    """What the member scores, beside their scores or on a page of its own."""
    row = _to_read(request, slug, number, application)
    submission = latest_submission(row)
    context = about(
        row.call,
        application=row,
        answers=read_submission(submission) if submission else [],
        submission=submission,
        backings=backings_of(row),
    )
    template = "programmes/score_text.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def note(request: SignedInRequest, slug: str, number: int, application: int) -> HttpResponse:
    """The member's note for themselves."""
    try:
        desk = _desk(request, slug, number, application)
    except Http404:
        if request.method == "POST" and (closed := _closed(request, slug, number)):
            return closed
        raise
    member, row = desk.member, desk.application
    kept = PrivateNote.objects.filter(member=member, application=row).first()
    sent = request.POST if request.method == "POST" else None
    form = NoteForm(sent, initial={"text": kept.text if kept else ""})
    if form.is_valid():
        save_note(member=member, application=row, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Your note is saved.")
        return redirect("programmes:score", slug, number, application)
    context = about(member.call, application=row, form=form)
    template = "programmes/note.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: SignedInRequest, slug: str, number: int, application: int) -> HttpResponse:
    """A member sees a conflict only when they read: the application closes to them at once."""
    desk = _desk(request, slug, number, application)
    member, row = desk.member, desk.application
    form = LaterForm(request.POST if request.method == "POST" else None)
    if form.through(declare_later, member=member, application=row, by=request.user):
        messages.success(request, f"{row.place_name} is closed to you until staff have settled it.")
        return redirect("programmes:reading", slug, number)
    context = about(
        member.call,
        application=row,
        form=form,
    )
    return render(request, "programmes/conflict.html", context)


def _to_read(request: SignedInRequest, slug: str, number: int, application: int) -> Application:
    """One application that the member may read now, alone; else 404."""
    member = seat(request.user, slug, number)
    if not switches_of(member.call).members_read:
        raise Http404
    row = get_object_or_404(
        readable_by(member).only("number", "place_name", "call", "state"), number=application
    )
    row.call = member.call
    return row


def _desk(request: SignedInRequest, slug: str, number: int, application: int) -> Desk:
    """The member's seat with the application before them, if they may read it now; else 404."""
    member = seat(request.user, slug, number)
    switches = switches_of(member.call)
    rows = to_read(member) if switches.members_read else []
    at = next((i for i, each in enumerate(rows) if each.application.number == application), None)
    if at is None:
        raise Http404
    rows[at].application.call = member.call
    return Desk(member, switches, rows, at)
