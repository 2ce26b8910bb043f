"""Starting an application without an account: a signed link by mail, and nothing kept until it is used.

What was asked for travels in the link itself. It is of use for a day, and for one application: who
follows it again comes to the one that it made.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.actions import mail
from accounts.actions.people import person_with_address
from accounts.models import Person
from programmes.actions.applications import start_application
from programmes.actions.call_phases import is_taking, locked_call
from programmes.models import Application, ApplicationState, Call

OF_USE_FOR = timedelta(days=1)
SALT = "programmes.actions.starting"
NOT_OPEN = "This call does not take applications now."


@dataclass(frozen=True)
class Start:
    """What somebody asked for, as the link in their mail carries it."""

    call: int
    email: str
    name: str
    place_name: str
    asked_at: str  # ISO 8601

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.asked_at)


def ask_to_start(
    *, call: Call, email: str, name: str, place_name: str, link: Callable[[str], str]
) -> None:
    """Mail a link to the address, which proves that it is theirs. Nothing else is kept."""
    if not is_taking(call):
        raise ValidationError(NOT_OPEN)
    now = timezone.now()
    start = Start(call.pk, email.lower(), name, place_name, now.isoformat())
    context = {
        "call": call,
        "start": start,
        "address": link(token_for(start)),
    }
    mail.send(
        to=start.email,
        subject=f"Start your application to “{call}”",
        text=render_to_string("programmes/email/start_message.txt", context),
        secret_until=now + OF_USE_FOR,
    )


def token_for(start: Start) -> str:
    return signing.dumps(asdict(start), salt=SALT, compress=True)


def start_in(token: str) -> Start:
    """What a link carries. Raises `signing.BadSignature` for one that is not ours, or too old."""
    return Start(**signing.loads(token, salt=SALT, max_age=OF_USE_FOR))


@transaction.atomic
def start_by_link(*, call: Call, start: Start, another: bool) -> tuple[Person, Application]:
    """Make the person, if we do not know them, and their application: once for each link."""
    current = locked_call(call)
    if made := made_by(start):
        assert made.started_by
        return made.started_by, made
    if not is_taking(current):
        raise ValidationError(NOT_OPEN)
    person = person_with_address(email=start.email, name=start.name)
    return person, _start(current, start.place_name, person, another)


@transaction.atomic
def start_at_once(*, call: Call, place_name: str, by: Person, another: bool) -> Application:
    """For somebody whom we know."""
    return _start(locked_call(call), place_name, by, another)


def _start(call: Call, place_name: str, by: Person, another: bool) -> Application:
    """`another`: whether they say that it is another one than the place has already."""
    if not another and others_of(call, place_name):
        raise ValidationError(f"An application for “{place_name}” has just been started.")
    return start_application(call=call, place_name=place_name, by=by)


def made_by(start: Start) -> Application | None:
    """The application that this link has made already."""
    rows = Application.objects.select_related("started_by")
    return rows.filter(
        call=start.call,
        started_by__email=start.email,
        started_by__is_active=True,
        place_name=" ".join(start.place_name.split()),
        started_at__gte=start.moment,
    ).first()


def others_of(call: Call, place_name: str) -> list[Application]:
    """Applications of the same place in this call, as far as names tell."""
    wanted = _folded(place_name)
    rows: QuerySet[Application] = call.applications.exclude(state=ApplicationState.WITHDRAWN)
    return [
        row
        for row in rows.select_related("place").order_by("number")
        if wanted in {_folded(row.place_name), _folded(row.place.name if row.place else "")}
    ]


def _folded(name: str) -> str:
    """The letters and figures of a name alone: `King's Lynn` and `kings lynn` are one."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
