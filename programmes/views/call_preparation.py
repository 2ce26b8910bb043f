"""Preparing a call: its times and words, a preview, and later changes to what has been announced."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.actions.call_parts import change_words
from programmes.actions.call_phases import missing_times
from programmes.actions.call_versions import (
    CAN_CHANGE,
    discard_change,
    draft_change,
    faults_in,
    publish_change,
)
from programmes.actions.calls import change_call, create_call
from programmes.forms.answers import WORDS, blank_form
from programmes.forms.call import CallCreateForm, CallForm, ChangeForm, WordsForm
from programmes.models import Call, CallVersion, Cohort, Phase
from programmes.phases import next_step
from programmes.queries.calls import Content, calls, content_of


def call_to_manage(
    request: SignedInRequest, slug: str, number: int, rows: QuerySet[Call] | None = None
) -> Call:
    return fetch(
        request.user,
        calls() if rows is None else rows,
        view="programmes.view_call_preparation",
        needs="programmes.manage_call",
        cohort__programme__slug=slug,
        cohort__number=number,
    )


def draft_to_change(call: Call, drafts: QuerySet[CallVersion] | None = None) -> CallVersion:
    """Its draft, or 404: it was published or thrown away, or nobody has begun one."""
    drafts = CallVersion.objects.all() if drafts is None else drafts
    draft = drafts.filter(call=call, published_at=None).first()
    if draft is None or call.phase not in CAN_CHANGE:
        raise Http404
    draft.call = call
    return draft


def about(call: Call, **others: object) -> dict[str, object]:
    """What every page of staff about a call says."""
    return {"call": call, "programme": call.cohort.programme, "cohort": call.cohort, **others}


@require_http_methods(["GET", "HEAD", "POST"])
def call_create(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    cohort = fetch(
        request.user,
        Cohort.objects.select_related("programme"),
        view="programmes.view_cohort",
        needs="programmes.change_cohort",
        programme__slug=slug,
        number=number,
    )
    form = CallCreateForm(request.POST or None)
    if call := form.through(create_call, by=request.user, cohort=cohort):
        messages.success(request, f"{call} was added. See below what it still lacks")
        return redirect("programmes:call_manage", slug, number)
    context = {"form": form, "cohort": cohort, "programme": cohort.programme}
    return render(request, "programmes/call_create.html", context)


@require_safe
def call_manage(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """All that staff have written for a call, what it still lacks, and where to go from here."""
    call = call_to_manage(request, slug, number)
    versions = list(call.versions.order_by("number"))
    latest = versions[-1]
    is_draft = latest.published_at is None and call.phase in CAN_CHANGE
    shown = latest if is_draft or latest.published_at else versions[-2]
    content = content_of(shown)
    is_preparation = call.phase == Phase.PREPARATION
    context = about(
        call,
        **content,
        is_draft=is_draft,
        is_preparation=is_preparation,
        may_draft=call.phase == Phase.APPLICATIONS and not is_draft,
        published=[each for each in versions if each.published_at],
        missing=_missing(call, content) if is_preparation else [],
        next_step=None if is_preparation else next_step(call.phase),
    )
    return render(request, "programmes/call_manage.html", context)


def _missing(call: Call, content: Content) -> list[str]:
    """As `programmes.actions.call_phases.missing_from`, of what has been read already."""
    faults = faults_in(content["version"], content["questions"], content["criteria"])
    return missing_times(call) + faults


@require_safe
def call_preview(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The draft as those who apply will see it: the call's page, and each question with its field."""
    call = call_to_manage(request, slug, number)
    content = content_of(draft_to_change(call))
    context = about(
        call,
        **content,
        forms=[blank_form(question) for question in content["questions"]],
        is_taking=False,
        opens_later=False,
        own=(),
        is_preview=True,
        may_manage=False,
        words=WORDS,
    )
    return render(request, "programmes/call_preview.html", context)


@edit_page
def call_edit(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    call = call_to_manage(request, slug, number, to_edit(request, calls()))
    form = CallForm(request.POST or None, instance=call)
    if form.through(change_call, by=request.user, call=call):
        messages.success(request, f"{call} was saved")
        return redirect("programmes:call_manage", slug, number)
    return render(request, "programmes/call_edit.html", about(call, form=form))


@edit_page
def call_words(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    call = call_to_manage(request, slug, number)
    draft = draft_to_change(call, to_edit(request, CallVersion.objects.all()))
    form = WordsForm(request.POST or None, instance=draft)
    if form.through(change_words, by=request.user, version=draft):
        messages.success(request, "The words were saved")
        return redirect("programmes:call_manage", slug, number)
    return render(request, "programmes/call_words.html", about(call, form=form))


@require_POST
def call_change_create(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Begin to change what has been announced."""
    call = call_to_manage(request, slug, number)
    try:
        draft_change(call=call, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("programmes:call_manage", slug, number)


@require_http_methods(["GET", "HEAD", "POST"])
def call_change_publish(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Say what changes, and let it count."""
    call = call_to_manage(request, slug, number)
    draft = _change_of(call)
    form = ChangeForm(request.POST or None)
    if form.is_valid():
        try:
            publish_change(draft=draft, change=form.cleaned_data["change"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "The change was published, and those who write were told")
            return redirect("programmes:call_manage", slug, number)
    return render(
        request, "programmes/call_change_publish.html", about(call, form=form, draft=draft)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_change_discard(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    call = call_to_manage(request, slug, number)
    draft = _change_of(call)
    if request.method == "POST":
        discard_change(draft=draft, by=request.user)
        messages.success(request, "The draft was thrown away. The call stays as it was announced")
        return redirect("programmes:call_manage", slug, number)
    return render(request, "programmes/call_change_discard.html", about(call, draft=draft))


def _change_of(call: Call) -> CallVersion:
    """The draft of a later version."""
    if call.phase != Phase.APPLICATIONS:
        raise Http404
    return draft_to_change(call)
