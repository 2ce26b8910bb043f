"""The versions of a call: a draft that may be changed, what is published, and who is told of it."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Person
from programmes.actions.writers import tell_writers
from programmes.events import CallEvent
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    CallVersion,
    Criterion,
    Phase,
    Question,
)

MANAGE = "programmes.manage_call"
CAN_CHANGE = frozenset({Phase.PREPARATION, Phase.APPLICATIONS})  # later, all are judged alike


def draft_of(call: Call) -> CallVersion:
    """The draft of a call; where there is none, a copy of its latest version. Inside a transaction."""
    draft = call.versions.filter(published_at=None).first()
    if draft is not None:
        return draft
    latest = call.versions.order_by("-number").first()
    number = latest.number + 1 if latest else 1
    draft = CallVersion.objects.create(call=call, number=number)
    if latest:
        _copy(latest, draft)
    return draft


def publish(draft: CallVersion, *, by: Person) -> None:
    """Fix the words of a version, inside the transaction of whoever checked it."""
    draft.published_at = timezone.now()
    draft.published_by = by
    draft.published_by_name = str(by)
    draft.save(update_fields=["published_at", "published_by", "published_by_name"])
    record(CallEvent.VERSION_PUBLISHED, by=by, subject=draft, scope=draft.call.cohort.programme)


@transaction.atomic
def draft_change(*, call: Call, by: Person) -> CallVersion:
    """Begin a later version of a call that has been announced."""
    if not by.has_perm(MANAGE, call):
        raise PermissionDenied
    current = Call.objects.select_for_update().get(pk=call.pk)
    if current.phase != Phase.APPLICATIONS:
        raise ValidationError("A call can only be changed while it takes applications.")
    if draft := current.versions.filter(published_at=None).first():
        return draft
    draft = draft_of(current)
    record(CallEvent.VERSION_DRAFTED, by=by, subject=draft, scope=call.cohort.programme)
    return draft


@transaction.atomic
def publish_change(*, draft: CallVersion, change: str, by: Person) -> CallVersion:
    """Publish a later version, and write to everyone who has started an application.

    Not once the panel reads: everybody must be judged on the same questions.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=draft.call_id)
    current = CallVersion.objects.select_related("call__cohort__programme").get(pk=draft.pk)
    if not by.has_perm(MANAGE, current.call):
        raise PermissionDenied
    if current.published_at is not None:
        raise ValidationError("This version has been published already.")
    if call.phase != Phase.APPLICATIONS:
        raise ValidationError("A call can only be changed while it takes applications.")
    if not change.strip():
        raise ValidationError({"change": "Say what changes, for those who have started"})
    if faults := faults_of(current):
        raise ValidationError(faults)
    current.change = change.strip()
    current.save(update_fields=["change"])
    publish(current, by=by)
    _announce(current)
    return current


@transaction.atomic
def discard_change(*, draft: CallVersion, by: Person) -> None:
    """Throw away the draft of a later version."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=draft.call_id)
    if not by.has_perm(MANAGE, call):
        raise PermissionDenied
    current = CallVersion.objects.select_for_update().get(pk=draft.pk)
    if current.published_at is not None or call.phase == Phase.PREPARATION:
        raise ValidationError("Only the draft of a change can be thrown away.")
    record(CallEvent.VERSION_DISCARDED, by=by, subject=current, scope=call.cohort.programme)
    current.delete()


def faults_of(version: CallVersion) -> list[str]:
    """What a version lacks before it can be published, a sentence each."""
    criteria = version.criteria.select_related("dimension").order_by("position")
    return faults_in(version, version.questions.all(), criteria)


def faults_in(
    version: CallVersion, questions: Collection[Question], criteria: Collection[Criterion]
) -> list[str]:
    """The same for a version whose parts have been read already."""
    found = [] if version.text.strip() else ["Write what the call is for."]
    if not questions:
        found.append("Add at least one question.")
    if not criteria:
        found.append("Add at least one criterion.")
    return found + [
        f"Say what a 1, a 3 and a 5 look like for “{criterion}”."
        for criterion in criteria
        if not (criterion.looks_like_1 and criterion.looks_like_3 and criterion.looks_like_5)
    ]


def still_open(call: Call) -> models.QuerySet[Application]:
    """All that are not withdrawn: their writers are told what changes."""
    return call.applications.exclude(state=ApplicationState.WITHDRAWN)


def _announce(version: CallVersion) -> None:
    tell_writers(
        still_open(version.call),
        subject=f"{version.call}: the call has changed",
        words=(
            f"The call “{version.call}”, to which you are writing an application, has changed:\n\n"
            f"{version.change}\n\nWhat you have written is kept. Sign in to Placework to see what"
            " is asked now."
        ),
    )


def _copy(old: CallVersion, new: CallVersion) -> None:
    new.text, new.offered, new.funding_asked = old.text, old.offered, old.funding_asked
    new.save(update_fields=["text", "offered", "funding_asked"])
    for rows in (old.questions.all(), old.criteria.all(), old.supporters.all()):
        for row in rows:
            row.pk, row._state.adding = None, True
            row.version = new
            row.save(force_insert=True)
