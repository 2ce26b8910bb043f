"""The walk of every address as every kind of user.

`tests/walk/test_walk.py` asks the URLconf for all its addresses, GETs and POSTs (empty) each as each
of twelve kinds of user, and compares the status with the table of that address's row. An address
without a row fails, and so does a row without an address.

Rows stand in `tests/<room>/walk.py` (or `walk_<noun>.py` beside it, where a room has many), as a list
named `ROWS`:

    from tests.walk import Row, World, answers

    def slug(world: World) -> dict[str, object]:
        return {"slug": world.programme.slug}

    ROWS = [
        # 404 for whoever is not named; anonymous is sent to sign in unless named.
        Row("programmes:programmes", get=answers(404, any_role=200)),
        # Groups may be named like kinds; a later name overrides an earlier one.
        Row("programmes:programme", slug, get=answers(404, members=200)),
        Row("programmes:programme_edit", slug,
            get=answers(404, members=403, staff=200), post=answers(404, members=403, staff=200)),
        # An address for POST only: leave `get` out.
        Row("programmes:programme_close", slug, post=answers(404, any_role=403, staff=302)),
    ]

Without `post` an empty POST must be 405; without `get` a GET must be 405 (and anonymous is sent to sign
in first, but from public pages). 302 is a redirect to anywhere but sign-in; SIGN_IN is the redirect there.

A row's address may need more than the `World` has. A module with rows may hold `furnish(world)`,
which puts what it needs on `world.extra`:

    def furnish(world: World) -> None:
        world.extra.evidence = build_evidence(world.project)

    Row("evaluation:evidence", lambda world: {"pk": world.extra.evidence.pk}, get=...)

Every request is rolled back, so a POST may do what it likes. What a request does after commit does
not happen. An exception in a view fails the walk: no address may answer 500.
"""

from tests.walk.kinds import GROUPS, SIGN_IN, Answer, Kind, answers
from tests.walk.rows import Row
from tests.walk.world import World

__all__ = ["GROUPS", "SIGN_IN", "Answer", "Kind", "Row", "World", "answers"]
