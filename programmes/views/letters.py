"""Letters to those who applied: drafted, edited, and read one by one before they leave."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from programmes.actions.letters import (
    RELEASE,
    Moved,
    change_template,
    draft_again,
    draft_letters,
    mark_read,
    save_letter,
)
from programmes.forms.letter import (
    LetterForm,
    LetterTemplateForm,
    ReadForm,
    again,
    with_comments,
)
from programmes.models import Call, DecisionOutcome, LetterTemplate, Phase
from programmes.queries.letters import (
    LetterStatus,
    Post,
    comments_on,
    letter_to,
    letters_of,
    names_of_members,
    parts_named_in,
    said_on,
    words_of,
)
from programmes.queries.writers import writers_of
from programmes.views.call_preparation import about
from programmes.views.deciding import deciding


@deciding(RELEASE)
def letters(request: SignedInRequest, call: Call) -> HttpResponse:
    """All of them, and what is still to be done with each."""
    if request.method == "POST":
        try:
            count = draft_letters(call=call, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            said = f"{count} letter{'' if count == 1 else 's'} drafted" if count else NO_NEW_LETTER
            messages.success(request, said)
        return redirect("programmes:letters", *_where(call))
    posts = letters_of(call)
    context = about(
        call,
        posts=posts,
        to_read=next((post for post in posts if post.status == LetterStatus.UNREAD), None),
        read=sum(not post.is_to_do for post in posts),
        outcomes=DecisionOutcome.choices,
        is_released=call.phase == Phase.RELEASED,
    )
    return render(request, "programmes/letters.html", context)


NO_NEW_LETTER = "Every letter is drafted already. Those that were edited stay as they are"


@deciding(RELEASE)
def letter_template(request: SignedInRequest, call: Call, outcome: str) -> HttpResponse:
    """What letters of one outcome begin as."""
    if outcome not in DecisionOutcome.values:
        raise Http404
    words = words_of(call)[outcome]
    row = LetterTemplate(call=call, outcome=outcome, subject=words.subject, text=words.text)
    form = LetterTemplateForm(request.POST if request.method == "POST" else None, instance=row)
    if form.through(change_template, call=call, outcome=outcome, by=request.user):
        messages.success(
            request, "The template is saved. Letters that are drafted stay as they are"
        )
        return redirect("programmes:letters", *_where(call))
    return render(request, "programmes/letter_template.html", about(call, form=form, row=row))


@deciding(RELEASE)
def letter(request: SignedInRequest, call: Call, application: int) -> HttpResponse:
    """One letter as it will leave, to be read."""
    post = _post(call, application)
    problem = ""
    if request.method == "POST":
        form = ReadForm(request.POST)
        if form.is_valid():
            try:
                mark_read(application=post.application, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                problem = refusal.messages[0]
            else:
                return _next_to_read(request, call, post)
        else:
            problem = "What was sent is not whole. Read the letter below, then say so again"
    row = post.letter
    said = said_on(post.application)
    leaves = "\n".join([row.subject, row.text, *(each.text for each in said)]) if row else ""
    context = _about(
        call,
        post,
        feedback=[each for each in said if each.text],
        without=[each.criterion for each in said if not each.text],
        writers=list(
            writers_of([post.application]).order_by("name").values_list("name", flat=True)
        ),
        warned=parts_named_in(leaves, names_of_members(call)),
        problem=problem,
    )
    return render(request, "programmes/letter.html", context)


@deciding(RELEASE)
def letter_edit(request: SignedInRequest, call: Call, application: int) -> HttpResponse:
    """One letter and its feedback, beside what members wrote."""
    post = _post(call, application)
    if post.letter is None or post.letter.sent_at is not None:
        raise Http404
    comments = comments_on(post.application)
    sent = request.POST if request.method == "POST" else None
    inserted = sent is not None and "insert" in sent
    form_of = partial(
        LetterForm,
        post=post,
        said=said_on(post.application),
        comments=comments,
    )
    form = form_of(with_comments(sent, comments) if inserted and sent else sent)
    status = 200
    if not inserted and form.is_valid():
        try:
            _save(request, post, form)
        except Moved as moved:
            assert sent is not None
            status, form = 409, form_of(again(sent, post))
            form.add_error(None, f"{moved.message}. What you typed is below. Save again to keep it")
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "The letter is saved. Now read it as it will leave")
            return redirect("programmes:letter", *_where(call), application)
    context = _about(call, post, form=form, whole=comments.on_the_whole, inserted=inserted)
    return render(request, "programmes/letter_edit.html", context, status=status)


@require_POST
@deciding(RELEASE)
def letter_draft(request: SignedInRequest, call: Call, application: int) -> HttpResponse:
    """One letter as its template makes it, whatever was edited."""
    post = _post(call, application)
    try:
        draft_again(application=post.application, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("programmes:letter", *_where(call), application)


def _where(call: Call) -> tuple[str, int]:
    return call.cohort.programme.slug, call.cohort.number


def _save(request: SignedInRequest, post: Post, form: LetterForm) -> None:
    cleaned = form.cleaned_data
    save_letter(
        application=post.application,
        subject=" ".join(cleaned["subject"].split()),
        text=cleaned["text"].replace("\r\n", "\n"),
        feedback=form.feedback,
        based_on=cleaned["based_on"],
        decided=cleaned["decided"],
        by=request.user,
    )


def _post(call: Call, number: int) -> Post:
    post = letter_to(call, number)
    if post is None:
        raise Http404
    return post


def _about(call: Call, post: Post, **others: Any) -> dict[str, object]:
    return about(
        call,
        post=post,
        letter=post.letter,
        application=post.application,
        status=post.status,
        **others,
    )


def _next_to_read(request: SignedInRequest, call: Call, read: Post) -> HttpResponse:
    """To the next letter that nobody has read, and to the list when there is none."""
    messages.success(request, f"The letter to {read.application.place_name} is read")
    unread = [post for post in letters_of(call) if post.status == LetterStatus.UNREAD]
    later = [post for post in unread if post.application.number > read.application.number]
    following = next(iter(later or unread), None)
    if following is None:
        return redirect("programmes:letters", *_where(call))
    return redirect("programmes:letter", *_where(call), following.application.number)
