"""Who reads what: each application read by the same number, each member reading about the same number."""

from collections import Counter, deque
from collections.abc import Collection, Sequence

Pair = tuple[int, int]  # application, member


def balanced(
    applications: Sequence[int],
    members: Sequence[int],
    readers: int,
    *,
    barred: Collection[Pair] = (),
    kept: Collection[Pair] = (),
) -> tuple[list[Pair], list[int]]:
    """`readers` members for each application, loads as even as conflicts allow.

    Applications with the fewest free members choose first, each those members who have least to
    read; then whoever reads most hands on to whoever reads least, along chains of exchange, until no
    chain helps. `barred` pairs are never made, `kept` ones stay. The same input gives the same pairs.

    Returns the pairs in order, and the applications that have too few members without a conflict.
    """
    free = {
        application: [member for member in members if (application, member) not in barred]
        for application in applications
    }
    short = [application for application in applications if len(free[application]) < readers]
    if short:
        return [], short
    given: dict[int, set[int]] = {application: set() for application in applications}
    for application, member in sorted(kept):
        if application in given and member in free[application]:
            given[application].add(member)
    load = Counter(dict.fromkeys(members, 0))
    load.update(member for readers_of in given.values() for member in readers_of)
    for application in sorted(applications, key=lambda each: (len(free[each]), each)):
        for _ in range(readers - len(given[application])):
            choice = [member for member in free[application] if member not in given[application]]
            member = min(choice, key=lambda each: (load[each], each))
            given[application].add(member)
            load[member] += 1
    _even_out(given, free, load, frozenset(kept))
    pairs = [(each, member) for each in applications for member in sorted(given[each])]
    return pairs, []


def _even_out(
    given: dict[int, set[int]],
    free: dict[int, list[int]],
    load: Counter[int],
    kept: frozenset[Pair],
) -> None:
    """Hand applications on while somebody reads at least two more than somebody they can reach."""
    while True:
        for busiest in sorted(load, key=lambda each: (-load[each], each)):
            chain = _chain_from(busiest, given, free, load, kept)
            if chain:
                break
        else:
            return
        for application, giver, taker in chain:
            given[application].remove(giver)
            given[application].add(taker)
        load[chain[0][1]] -= 1
        load[chain[-1][2]] += 1


def _chain_from(
    start: int,
    given: dict[int, set[int]],
    free: dict[int, list[int]],
    load: Counter[int],
    kept: frozenset[Pair],
) -> list[tuple[int, int, int]]:
    """The shortest chain (application, giver, taker) from `start` to somebody with two fewer to read."""
    came: dict[int, tuple[int, int] | None] = {start: None}
    queue = deque([start])
    while queue:
        giver = queue.popleft()
        if load[giver] <= load[start] - 2:
            return _steps(giver, came)
        for application in sorted(given):
            if giver not in given[application] or (application, giver) in kept:
                continue
            for taker in free[application]:
                if taker not in came and taker not in given[application]:
                    came[taker] = (application, giver)
                    queue.append(taker)
    return []


def _steps(end: int, came: dict[int, tuple[int, int] | None]) -> list[tuple[int, int, int]]:
    steps = []
    taker = end
    while (step := came[taker]) is not None:
        application, giver = step
        steps.append((application, giver, taker))
        taker = giver
    return steps[::-1]
