"""What members of a panel are told by e-mail: what is open to them, and what was settled.

Nothing in it depends on an application but the place's name, which they have declared on.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format

from accounts.actions import mail
from programmes.models import Call, Interest, PanelMember, Phase, Standing
from programmes.openings import WORDS, Opening, open_in, opened_by
from programmes.queries.switches import switches_of

Address = Callable[[str], str]  # of the page with this name, of the panel, as a mail can carry it


def opening_of(call: Call, to: str) -> Opening | None:
    """What the panel is told of when the call goes from its phase to `to`."""
    phases = {row.phase: row for row in call.phases.all()}
    return opened_by(phases[call.phase], phases[to])


def to_be_told(call: Call, to: str) -> QuerySet[PanelMember]:
    """Who sits on the panel, and has not been told of this phase already: each is told once."""
    rows = call.members.filter(removed_at=None, person__is_active=True).select_related("person")
    before = call.phase_changes.filter(new=to).order_by("changed_at").first()
    return rows.filter(added_at__gt=before.changed_at) if before else rows


def tell_panel(
    call: Call,
    opening: Opening,
    members: Iterable[PanelMember],
    due_on: date | None,
    address: Address,
) -> None:
    words = WORDS[opening]
    asked = words.text.format(call=call)
    if due_on:
        asked = f"{asked} {words.due.format(due=date_format(due_on, 'DATE_FORMAT'))}"
    for member in members:
        _send(member, f"{call}: {words.subject}", f"{asked}\n\n{address(opening)}")


def tell_who_joined(member: PanelMember, call: Call, address: Address) -> None:
    """That they sit on the panel, and what is open to them by now."""
    opening = open_in(switches_of(call)) if call.phase != Phase.RELEASED else None
    if opening:
        then = f"{WORDS[opening].text.format(call=call)}\n\n{address(opening)}"
    else:
        then = "There is nothing to do yet. You get another e-mail when there is."
    part = "chair" if member.is_chair else "are a member of"
    _send(member, f"{call}: you are on the panel", f"You {part} the panel of “{call}”. {then}")


def tell_what_was_settled(interest: Interest, call: Call, address: Address) -> None:
    """Without the reason, which staff wrote for the record."""
    place = interest.application.place_name
    if interest.standing == Standing.RECUSED:
        words = (
            f"The programme's staff have settled that you are recused from the application of {place} to"
            f" “{call}”. You are shown nothing of it, and nothing that is worked out from it."
        )
    else:
        words = (
            f"The programme's staff have settled that you have no conflict of interest with {place}. Its"
            f" application to “{call}” is open to you like the others."
        )
    _send(
        interest.member,
        f"{call}: your conflict of interest with {place} is settled",
        f"{words}\n\n{address(Opening.READING)}",
    )


def _send(member: PanelMember, subject: str, words: str) -> None:
    mail.send(to=member.person.email, subject=subject, text=f"Dear {member.person},\n\n{words}\n")
