"""A member of the panel reads and scores."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from programmes.actions.call_versions import published_version
from programmes.actions.interests import declare_later
from programmes.actions.scores import Moved, save_note, save_scores
from programmes.forms.interest import LaterForm
from programmes.forms.score import NoteForm, ScoreForm
from programmes.models import Application, Criterion, PanelMember, PrivateNote, ScoreSheet
from programmes.queries.panels import recused_from, to_read
from programmes.queries.recusals import readable_by, undeclared
from programmes.queries.scores import criteria_of, shows_others, submitted_by_others
from programmes.queries.submissions import latest_submission, read_submission
from programmes.queries.switches import switches_of
from programmes.views.call_preparation import about
from programmes.views.seats import seat


@require_safe
def reading(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What a member has to read and score, and how far they are."""
    member = seat(request.user, slug, number)
    switches = switches_of(member.call)
    rows = to_read(member) if switches.members_read else []
    context = about(
        member.call,
        switches=switches,
        rows=rows,
        submitted=sum(each.is_submitted for each in rows),
        to_declare=undeclared(member).count() if switches.members_declare else 0,
        recused=recused_from(member),
    )
    return render(request, "programmes/reading.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def score(request: SignedInRequest, slug: str, number: int, application: int) -> HttpResponse:
    """One application and what the member makes of it, side by side."""
    member, row = _readable(request, slug, number, application)
    version = published_version(member.call)
    assert version  # or nobody could have applied
    criteria = criteria_of(version.pk)
    sheet = ScoreSheet.objects.filter(member=member, application=row).first()
    form = ScoreForm(
        request.POST if request.method == "POST" else None, criteria=criteria, sheet=sheet
    )
    status = 200
    if form.is_valid():
        try:
            return _saved(request, member, row, form)
        except Moved as moved:
            status = 409
            form = _again(request, moved, criteria)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    switches = switches_of(member.call)
    context = _shown(member, row) | {
        "form": form,
        "sheet": sheet,
        "switches": switches,
        "criteria": criteria,
        "others": submitted_by_others(member, row, criteria)
        if shows_others(switches, sheet)
        else None,
    }
    return render(request, "programmes/score.html", context, status=status)


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
    submit = "submit" in request.POST
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


def _shown(member: PanelMember, row: Application) -> dict[str, Any]:
    """The application's text, and where the reader is."""
    submission = latest_submission(row)
    rows = to_read(member)
    at = next(index for index, each in enumerate(rows) if each.application.pk == row.pk)
    note = PrivateNote.objects.filter(member=member, application=row).first()
    return about(
        member.call,
        application=row,
        answers=read_submission(submission) if submission else [],
        submission=submission,
        previous=rows[at - 1].application if at else None,
        next=rows[at + 1].application if at + 1 < len(rows) else None,
        note=NoteForm(initial={"text": note.text if note else ""}),
    )


@require_POST
def note(request: SignedInRequest, slug: str, number: int, application: int) -> HttpResponse:
    """The member's note for themselves."""
    member, row = _readable(request, slug, number, application)
    form = NoteForm(request.POST)
    if form.is_valid():
        save_note(member=member, application=row, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Your note is saved.")
        return redirect("programmes:score", slug, number, application)
    context = about(
        member.call,
        application=row,
        form=form,
    )
    return render(request, "programmes/note.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: SignedInRequest, slug: str, number: int, application: int) -> HttpResponse:
    """A member sees a conflict only when they read: the application closes to them at once."""
    member, row = _readable(request, slug, number, application)
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


def _readable(
    request: SignedInRequest, slug: str, number: int, application: int
) -> tuple[PanelMember, Application]:
    """The member's seat, and the application, if they may read it now; else 404."""
    member = seat(request.user, slug, number)
    if not switches_of(member.call).members_read:
        raise Http404
    row = readable_by(member).select_related("call").filter(number=application).first()
    if row is None:
        raise Http404
    return member, row
