import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertNumQueries

from accounts.models import AuditEvent, Membership
from documents.texts import normalise
from evaluation.actions.coding import (
    carry_over,
    code,
    code_excerpt,
    remove_excerpt,
    set_speaker_role,
    uncode,
)
from evaluation.actions.evidence import add_version, withdraw
from evaluation.models import Coding, Evidence, Excerpt
from evaluation.queries.coding import (
    branches,
    coded_to,
    evidence_by_dimension,
    excerpts_of,
    lenses_to_code_with,
)
from evaluation.tables_of_evidence import excerpts_table
from programmes.models import Dimension, LensVersion, Programme
from tests import builders
from tests.evaluation.test_texts import NASTY

pytestmark = pytest.mark.django_db


def dimensions(of: Evidence | Excerpt) -> list[Dimension]:
    return list(of.project.programme.frame.dimensions.all())


@given(text=NASTY, data=st.data())
def test_a_quote_is_the_very_span_that_was_saved(text: str, data: st.DataObject) -> None:
    evidence = builders.evidence(text=text + " something")
    stored = normalise(text + " something").text
    start = data.draw(st.integers(0, len(stored) - 1))
    end = data.draw(st.integers(start + 1, len(stored)))
    if not stored[start:end].strip():
        return
    excerpt = code(
        version=evidence.latest_version(),
        start=start,
        end=end,
        dimensions=dimensions(evidence),
        by=builders.person(),
    ).excerpt
    assert Excerpt.objects.get(pk=excerpt.pk).quote == stored[start:end]
    # The database cuts the same passage, so pages need not load whole texts.
    assert Excerpt.objects.with_quotes().get(pk=excerpt.pk).quote == stored[start:end]


def test_a_span_is_one_excerpt_however_often_it_is_coded() -> None:
    first = builders.excerpt()
    by = builders.person()
    again = code(
        version=first.version, start=first.start, end=first.end, dimensions=dimensions(first), by=by
    )
    assert again.excerpt == first
    assert not again.is_new
    assert first.codings.count() == 3
    repeated = code_excerpt(excerpt=first, dimensions=dimensions(first), by=by)
    assert repeated.codings == []
    assert first.codings.count() == 3


def test_excerpts_are_numbered_in_their_project() -> None:
    evidence = builders.evidence(text="One two three")
    builders.excerpt()
    numbers = [builders.excerpt_from(evidence, word).reference for word in ("two", "one"[1:])]
    assert numbers == ["Q1", "Q2"]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (0, 99), (-1, 3), (3, 5)])
def test_a_span_must_lie_in_the_text_and_hold_words(start: int, end: int) -> None:
    evidence = builders.evidence(text="One  two")
    with pytest.raises(ValidationError, match="passage"):
        code(
            version=evidence.latest_version(),
            start=start,
            end=end,
            dimensions=dimensions(evidence),
            by=builders.person(),
        )
    assert not Excerpt.objects.exists()


def test_coding_asks_for_a_dimension_and_saves_nothing_without() -> None:
    with pytest.raises(ValidationError, match="Choose a dimension"):
        builders.excerpt(dimensions=[])
    assert not Excerpt.objects.exists()


def test_a_lens_that_is_not_published_cannot_be_coded_with() -> None:
    draft = builders.lens_version(published=False)
    with pytest.raises(ValidationError, match="published"):
        builders.excerpt(dimensions=list(Dimension.objects.filter(version=draft)))


def test_any_published_lens_can_be_coded_with() -> None:
    other = builders.lens_version("Conflicting")
    excerpt = builders.excerpt(dimensions=list(other.dimensions.all()))
    assert excerpt.codings.get().dimension.name == "Conflicting"


def test_only_the_latest_text_is_coded() -> None:
    evidence = builders.evidence(text="One")
    old = evidence.latest_version()
    add_version(evidence=evidence, text="Two", by=builders.person())
    with pytest.raises(ValidationError, match="newer version"):
        code(version=old, start=0, end=3, dimensions=dimensions(evidence), by=builders.person())


def test_the_audit_trail_tells_of_coding_without_the_quote() -> None:
    excerpt = builders.excerpt(quote="Ann told me")
    set_speaker_role(excerpt=excerpt, speaker_role="sister of Ann", by=builders.person())
    uncode(coding=excerpt.codings.get(), by=excerpt.created_by)
    told = [(e.kind, str(e.changes)) for e in AuditEvent.objects.filter(kind__contains="excerpt")]
    assert len(told) == 3
    assert "Ann" not in str(told)


def test_a_coding_is_taken_back_by_its_coder() -> None:
    excerpt = builders.excerpt()
    programme = excerpt.project.programme
    coder, other = builders.evaluator(programme), builders.evaluator(programme)
    coding = code_excerpt(excerpt=excerpt, dimensions=dimensions(excerpt)[1:], by=coder).codings[0]
    with pytest.raises(ValidationError, match="Only they"):
        uncode(coding=coding, by=other)
    assert uncode(coding=coding, by=coder).removed_by == coder
    assert uncode(coding=coding, by=coder).removed_by == coder
    assert code_excerpt(excerpt=excerpt, dimensions=dimensions(excerpt)[1:], by=coder).codings


def test_a_coding_of_someone_who_left_may_be_taken_back() -> None:
    excerpt = builders.excerpt()
    gone = builders.evaluator(excerpt.project.programme)
    coding = code_excerpt(excerpt=excerpt, dimensions=dimensions(excerpt), by=gone).codings[0]
    Membership.objects.filter(person=gone).delete()
    assert uncode(coding=coding, by=builders.person()).removed_at
    Coding.objects.filter(pk=coding.pk).update(removed_at=None, removed_by=None, created_by=None)
    assert uncode(coding=coding, by=builders.person()).removed_at


def test_an_excerpt_goes_with_its_codings_and_its_number_is_not_given_again() -> None:
    excerpt = builders.excerpt()
    remove_excerpt(excerpt=excerpt, by=excerpt.created_by)
    assert not excerpt.codings.filter(removed_at=None).exists()
    with pytest.raises(ValidationError, match="Q1 was removed"):
        code_excerpt(excerpt=excerpt, dimensions=dimensions(excerpt), by=builders.person())
    assert builders.excerpt_from(excerpt.version.evidence).reference == "Q2"


def test_an_excerpt_that_a_case_study_quotes_stays() -> None:
    study = builders.case_study()
    excerpt = builders.excerpt(study.project)
    section = study.sections.first()
    assert section is not None
    section.placements.create(excerpt=excerpt, position=1)
    with pytest.raises(ValidationError, match="A case study quotes Q1"):
        remove_excerpt(excerpt=excerpt, by=excerpt.created_by)


def test_an_excerpt_that_someone_else_coded_stays() -> None:
    excerpt = builders.excerpt()
    other = builders.evaluator(excerpt.project.programme, name="Bo")
    code_excerpt(excerpt=excerpt, dimensions=dimensions(excerpt), by=other)
    with pytest.raises(ValidationError, match="Bo coded Q1 too"):
        remove_excerpt(excerpt=excerpt, by=excerpt.created_by)


def test_withdrawn_evidence_is_not_coded() -> None:
    excerpt = builders.excerpt()
    by = builders.person()
    withdraw(evidence=excerpt.version.evidence, reason="Asked.", by=by)
    for coding in (
        lambda: code_excerpt(excerpt=excerpt, dimensions=dimensions(excerpt), by=by),
        lambda: builders.excerpt_from(excerpt.version.evidence, "meet"),
    ):
        with pytest.raises(ValidationError, match="E1 was withdrawn"):
            coding()


def test_who_speaks_in_an_excerpt_may_differ_from_the_rest() -> None:
    excerpt = builders.excerpt(builders.project(place=builders.place("Dudley")))
    assert excerpt.attribution == "project partner, Dudley"
    changed = set_speaker_role(excerpt=excerpt, speaker_role="councillor", by=builders.person())
    assert changed.attribution == "councillor, Dudley"
    before = AuditEvent.objects.count()
    set_speaker_role(excerpt=excerpt, speaker_role="councillor", by=builders.person())
    assert AuditEvent.objects.count() == before
    with pytest.raises(ValidationError):
        set_speaker_role(excerpt=excerpt, speaker_role="x" * 201, by=builders.person())


def test_excerpts_are_carried_where_their_passage_stands_once() -> None:
    evidence = builders.evidence(text="Alpha. Beta. Gamma. Delta.")
    moved, gone, twice, same = (
        builders.excerpt_from(evidence, word) for word in ("Alpha", "Beta", "Gamma", "Delta")
    )
    new = "So: Alpha. Gamma and Gamma. Delta."
    add_version(evidence=evidence, text=new, by=builders.person())
    builders.excerpt_from(evidence, "Delta")
    result = carry_over(evidence=evidence, by=builders.person())
    assert [(fate.excerpt, fate.start) for fate in result] == [
        (moved, 4), (gone, None), (twice, None), (same, None),
    ]  # fmt: skip
    assert [fate.reason for fate in result] == [
        "",
        "The passage is not in the latest version as it stood.",
        "The passage stands 2 times in the latest version.",
        "Another excerpt of the latest version is this very passage.",
    ]
    moved.refresh_from_db()
    assert (moved.version.number, moved.quote, moved.codings.count()) == (2, "Alpha", 1)
    gone.refresh_from_db()
    assert (gone.version.number, gone.quote) == (1, "Beta")


def test_the_frame_comes_first_then_the_lens_that_was_chosen() -> None:
    other = builders.lens_version("Sponsoring")
    LensVersion.objects.create(lens=other.lens, number=2, purpose="Not yet published")
    programme = builders.programme()
    lenses = lenses_to_code_with(programme)
    assert lenses.frame.version == programme.frame
    assert (lenses.chosen, list(lenses.others)) == (None, [other])
    chosen = lenses_to_code_with(programme, other.lens.slug).chosen
    assert chosen is not None
    assert [branch.dimension.name for branch in chosen.branches] == ["Sponsoring"]


def test_lenses_take_constant_queries() -> None:
    programme = builders.programme()
    for _ in range(4):
        version = builders.lens_version()
    with assertNumQueries(2):
        lenses_to_code_with(programme, version.lens.slug)


def family() -> tuple[Programme, Dimension, Dimension]:
    frame = builders.lens_version("Beginnings", "Ends", parts={"Beginnings": ["Trust"]})
    parent, trust, _ = frame.dimensions.all()
    return builders.programme(frame=frame), parent, trust


def test_a_dimension_has_the_evidence_of_its_sub_dimensions_each_excerpt_once() -> None:
    programme, parent, trust = family()
    project = builders.project(programme)
    excerpt = builders.excerpt(project, dimensions=[parent, trust])
    code_excerpt(excerpt=excerpt, dimensions=[trust], by=builders.person())
    builders.excerpt(project, dimensions=[trust])
    gone = builders.excerpt(project, dimensions=[trust])
    remove_excerpt(excerpt=gone, by=gone.created_by)
    with assertNumQueries(2):
        tree = evidence_by_dimension([project], programme.frame_id)
    assert [(b.dimension.name, b.count) for b in tree] == [("Beginnings", 2), ("Ends", 0)]
    assert [(b.dimension.name, b.count) for b in tree[0].children] == [("Trust", 2)]


def test_what_an_earlier_version_of_the_lens_coded_still_counts() -> None:
    excerpt = builders.excerpt()
    programme = excerpt.project.programme
    newer = LensVersion.objects.create(lens=programme.frame.lens, number=2, purpose="Reworded")
    Dimension.objects.create(version=newer, key="d1", name="Starts", position=1)
    [branch] = evidence_by_dimension([excerpt.project], newer.pk)
    assert (branch.dimension.name, branch.count) == ("Starts", 1)
    assert list(coded_to(excerpts_of(excerpt.project), branch.dimension)) == [excerpt]


def test_excerpts_are_found_by_dimension_and_by_words() -> None:
    programme, parent, trust = family()
    project = builders.project(programme)
    first = builders.excerpt(project, quote="We TRUST them", dimensions=[trust])
    second = builders.excerpt(
        project, quote="It ended", dimensions=[branches(programme.frame)[1].dimension]
    )
    builders.excerpt(quote="trust elsewhere")
    assert list(excerpts_of(project)) == [first, second]
    assert list(coded_to(excerpts_of(project), parent)) == [first]
    assert list(excerpts_of(project).saying("trust")) == [first]
    assert list(excerpts_of(project).saying("other words of the text")) == []


@pytest.mark.parametrize("rows", [3, 20])
def test_excerpts_take_one_query_however_many(rows: int) -> None:
    project = builders.project()
    for number in range(rows):
        excerpt = builders.excerpt(project, quote=f"Passage {number}")
    columns = excerpts_table([]).columns
    with assertNumQueries(1):
        shown = [[column.value(row) for column in columns] for row in excerpts_of(project)]
    assert len(shown) == rows
    assert shown[-1] == [
        f"Q{rows}",
        f"Passage {rows - 1}",
        f"project partner, {project.place}",
        f"E{rows}, interview",
        "Beginnings",
        excerpt.created_by_name,
    ]
