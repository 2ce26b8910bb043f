"""Who reads what: enough readers, nobody with a conflict, and loads as even as can be."""

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st

from programmes.assigning import balanced

APPLICATIONS = st.integers(1, 12).map(lambda count: list(range(100, 100 + count)))
MEMBERS = st.integers(1, 7).map(lambda count: list(range(1, count + 1)))


def loads(pairs: list[tuple[int, int]], members: list[int]) -> list[int]:
    count = Counter(member for _, member in pairs)
    return [count[member] for member in members]


@given(APPLICATIONS, MEMBERS, st.data())
def test_each_application_has_its_readers_and_loads_differ_by_one(
    applications: list[int], members: list[int], data: st.DataObject
) -> None:
    readers = data.draw(st.integers(1, len(members)))
    pairs, short = balanced(applications, members, readers)
    assert short == []
    assert len(set(pairs)) == len(pairs)
    assert Counter(application for application, _ in pairs) == dict.fromkeys(applications, readers)
    assert max(loads(pairs, members)) - min(loads(pairs, members)) <= 1


@given(APPLICATIONS, MEMBERS, st.data())
def test_nobody_reads_what_they_are_kept_from(
    applications: list[int], members: list[int], data: st.DataObject
) -> None:
    everything = [(each, member) for each in applications for member in members]
    barred = data.draw(st.sets(st.sampled_from(everything)))
    readers = data.draw(st.integers(1, len(members)))
    pairs, short = balanced(applications, members, readers, barred=barred)
    free = {each: sum((each, member) not in barred for member in members) for each in applications}
    assert short == [each for each in applications if free[each] < readers]
    assume(not short)
    assert not set(pairs) & barred
    assert Counter(application for application, _ in pairs) == dict.fromkeys(applications, readers)


@given(APPLICATIONS, MEMBERS, st.data())
def test_what_was_begun_stays(
    applications: list[int], members: list[int], data: st.DataObject
) -> None:
    readers = data.draw(st.integers(1, len(members)))
    kept = {
        (each, data.draw(st.sampled_from(members)))
        for each in data.draw(st.sets(st.sampled_from(applications)))
    }
    pairs, _ = balanced(applications, members, readers, kept=kept)
    assert kept <= set(pairs)


def test_conflicts_are_evened_out_along_a_chain() -> None:
    # 1 can read everything; 2 only the first two; 3 only the last one.
    barred = {(12, 2), (13, 2), (10, 3), (11, 3), (12, 3)}
    pairs, _ = balanced([10, 11, 12, 13], [1, 2, 3], 1, barred=barred)
    assert sorted(loads(pairs, [1, 2, 3])) == [1, 1, 2]
