"""Support of an application: asked by a link in a mail, and confirmed or not without an account.

The link carries a secret, of which we keep the hash. A reminder brings a new link, and the one before
is of no use any more.
"""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.actions import mail
from accounts.actions.audit import record
from accounts.actions.rows import Refusals, save_or_refuse
from accounts.models import Person
from accounts.secret_links import Link, hashed
from programmes.actions.application_states import locked
from programmes.application_states import Actor
from programmes.events import ApplicationEvent
from programmes.models import Application, ApplicationState, Support, Supporter
from programmes.queries.writers import writers_of

OF_USE_FOR = timedelta(days=30)
# As long as it is not judged, those who apply may ask, and those who support may answer.
OPEN = frozenset(
    {ApplicationState.STARTED, ApplicationState.SUBMITTED, ApplicationState.CORRECTION}
)
TOO_LATE = "The application is being judged, or has been withdrawn: nothing can be added to it."
REFUSALS: Refusals = {
    "support_once": {"__all__": "A colleague has just asked somebody. Look below."},
}


@transaction.atomic
def ask_support(
    *,
    application: Application,
    supporter: Supporter,
    name: str,
    post: str,
    organisation: str,
    email: str,
    by: Person,
    link: Link,
) -> Support:
    """Write to whoever is to confirm their support."""
    current = _open(application, by)
    token = secrets.token_urlsafe(32)
    support = Support(
        application=current,
        key=supporter.key,
        name=name,
        post=post,
        organisation=organisation,
        email=email.lower(),
        token_sha256=hashed(token),
        expires_at=timezone.now() + OF_USE_FOR,
        asked_by=by,
        asked_by_name=str(by),
    )
    save_or_refuse(support, REFUSALS)
    _send(support, supporter, link(token), by)
    _tell(ApplicationEvent.SUPPORT_ASKED, support, by)
    return support


@transaction.atomic
def remind(*, support: Support, supporter: Supporter, by: Person, link: Link) -> Support:
    """Write again, with a new link, to somebody who has not answered."""
    _open(support.application, by)
    current = _standing(support)
    if current.answered_at is not None:
        raise ValidationError(f"{current.name} has answered already.")
    token = secrets.token_urlsafe(32)
    current.token_sha256 = hashed(token)
    current.expires_at = timezone.now() + OF_USE_FOR
    current.save(update_fields=["token_sha256", "expires_at"])
    _send(current, supporter, link(token), by)
    _tell(ApplicationEvent.SUPPORT_ASKED, current, by)
    return current


@transaction.atomic
def withdraw_request(*, support: Support, by: Person) -> Support:
    """So that somebody else can be asked. The link is of no use any more."""
    _open(support.application, by)
    current = _standing(support)
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    _tell(ApplicationEvent.SUPPORT_WITHDRAWN, current, by)
    return current


@transaction.atomic
def answer_support(
    *, support: Support, supporter: Supporter, is_confirmed: bool, words: str
) -> Support:
    """What a supporter answers. They may answer again, as long as the application is not judged."""
    application = locked(support.application)
    current = _standing(support)
    if application.state not in OPEN:
        raise ValidationError(TOO_LATE)
    if current.expires_at < timezone.now():
        raise ValidationError("This link has expired. Ask for another.")
    words = words.strip()
    if not is_confirmed and not words:
        raise ValidationError({"words": "Say why you cannot confirm it, in a few words"})
    current.is_confirmed = is_confirmed
    current.amount = supporter.amount if is_confirmed else None
    current.words = words
    current.answered_at = timezone.now()
    current.save(update_fields=["is_confirmed", "amount", "words", "answered_at"])
    _tell(ApplicationEvent.SUPPORT_ANSWERED, current, None)
    _tell_writers(application, current, supporter)
    return current


def _open(application: Application, by: Person) -> Application:
    """The application, held, if `by` may ask for its support now."""
    current = locked(application)
    if not by.has_perm(Actor.APPLICANT, current):
        raise PermissionDenied
    if current.state not in OPEN:
        raise ValidationError(TOO_LATE)
    return current


def _standing(support: Support) -> Support:
    """The row as it is now, held, unless it was withdrawn."""
    rows = Support.objects.select_for_update(of=("self",)).filter(withdrawn_at=None)
    current = rows.select_related("application__call__cohort__programme").filter(pk=support.pk)
    found = current.first()
    if found is None:
        raise ValidationError("Somebody else is asked now: this link is of no use any more.")
    return found


def _send(support: Support, supporter: Supporter, address: str, by: Person) -> None:
    context = {
        "support": support,
        "supporter": supporter,
        "application": support.application,
        "call": support.application.call,
        "by": by,
        "address": address,
    }
    mail.send(
        to=support.email,
        subject=f"{support.application.place_name} asks for your support",
        text=render_to_string("programmes/email/support_message.txt", context),
        secret_until=support.expires_at,
    )


def _tell_writers(application: Application, support: Support, supporter: Supporter) -> None:
    answered = "confirmed their support" if support.is_confirmed else "cannot confirm their support"
    words = f"\n\nThey wrote:\n\n{support.words}" if support.words else ""
    for person in writers_of([application]):
        mail.send(
            to=person.email,
            subject=f"{support.name} {answered}",
            text=(
                f"Dear {person},\n\n{support.name} ({supporter.who}) {answered} of the application of"
                f" {application.place_name} to “{application.call}”.{words}\n"
            ),
        )


def _tell(event: ApplicationEvent, support: Support, by: Person | None) -> None:
    answers = {None: "", True: "Confirmed", False: "Cannot confirm"}
    told = {"supporter": ["", support.name]}
    if event == ApplicationEvent.SUPPORT_ANSWERED:
        told["answer"] = ["", answers[support.is_confirmed]]
    record(
        event,
        by=by,
        subject=support.application,
        scope=support.application.call.cohort.programme,
        changes=told,
    )
