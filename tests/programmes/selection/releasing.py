"""Up to the release and through it, for tests of letters, projects and reserves."""

from accounts.models import Person
from programmes.actions.letters import draft_letters, mark_read
from programmes.actions.release import Released, release_decisions
from programmes.models import Application, Call
from programmes.queries.letters import letters_of
from tests import builders
from tests.programmes.selection.deciding import decide_all


def make_ready(call: Call, by: Person) -> Call:
    """Two are selected, one is in reserve, one declined; all letters are read."""
    decide_all(call, by)
    settle_places(call)
    read_all(call, by)
    return call


def read_all(call: Call, by: Person) -> None:
    draft_letters(call=call, by=by)
    for post in letters_of(call):
        assert post.letter
        mark_read(
            application=post.application,
            based_on=post.letter.number,
            decided=post.decided,
            by=by,
        )


def settle_places(call: Call) -> None:
    for application in call.applications.all():
        application.place = builders.place(application.place_name, region="North")
        application.save()


def address(application: Application) -> str:
    return f"https://placework.example/{application.reference}"


def release(call: Call, by: Person, focus: str = "q1", confirmation: str = "") -> Released:
    return release_decisions(
        call=call, focus=focus, by=by, address=address, confirmation=confirmation
    )


def states(call: Call) -> list[str]:
    return list(call.applications.order_by("number").values_list("state", flat=True))
