import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluation.actions.case_studies import change_case_study
from evaluation.actions.sections import Conflict, discard_draft, save_section, settle_draft
from evaluation.models import CaseStudyStatus, Draft
from tests import builders
from tests.evaluation.sections import sections_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_study():
    return builders.case_study()


@pytest.fixture
def section(case_study):
    return sections_of(case_study)[0]


@pytest.fixture
def writer():
    return builders.person("First Writer")


def withdraw(excerpt):
    evidence = excerpt.version.evidence
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), builders.person()
    evidence.save()


def test_a_save_writes_a_revision_of_section_and_case_study(case_study, section, writer):
    saved = save_section(section=section, text="One.", based_on=0, by=writer)
    case_study.refresh_from_db()
    revision = saved.revisions.get()
    assert (saved.number, saved.text, case_study.revision) == (1, "One.", 1)
    assert (revision.text, revision.saved_by_name) == ("One.", "First Writer")
    assert revision.case_study_revision == 1


def test_the_same_text_again_writes_nothing(case_study, section, writer):
    save_section(section=section, text="One.\r\nTwo.", based_on=0, by=writer)
    save_section(section=section, text="One.\nTwo.", based_on=1, by=writer)
    case_study.refresh_from_db()
    assert case_study.revision == section.revisions.count() == 1


def test_the_second_writer_is_told_and_what_they_typed_is_kept(section, writer):
    second = builders.person()
    save_section(section=section, text="Mine.", based_on=0, by=writer)
    with pytest.raises(Conflict, match="First Writer saved") as told:
        save_section(section=section, text="Theirs.", based_on=0, by=second, window="w")
    section.refresh_from_db()
    assert section.text == told.value.current.text == "Mine."
    assert told.value.current.saved_by == writer
    draft = Draft.objects.get()
    assert told.value.draft == draft
    assert (draft.person, draft.text, draft.based_on, draft.window) == (second, "Theirs.", 0, "w")


def test_a_second_writer_of_the_same_words_needs_not_be_told(section, writer):
    save_section(section=section, text="Same.", based_on=0, by=writer)
    save_section(section=section, text="Same.", based_on=0, by=builders.person())
    assert not Draft.objects.exists()


def test_two_windows_of_one_person_keep_a_draft_each(section, writer):
    save_section(section=section, text="Saved.", based_on=0, by=writer)
    for window in ("a", "b", "b"):
        with pytest.raises(Conflict):
            save_section(section=section, text=window, based_on=0, by=writer, window=window)
    assert sorted(Draft.objects.values_list("text", flat=True)) == ["a", "b"]


def test_a_draft_is_settled_by_saving_what_became_of_it(section, writer):
    save_section(section=section, text="First.", based_on=0, by=writer)
    second = builders.person()
    with pytest.raises(Conflict) as told:
        save_section(section=section, text="Second.", based_on=0, by=second)
    settle_draft(draft=told.value.draft, text="First. Second.", based_on=1, by=second)
    section.refresh_from_db()
    assert section.text == "First. Second."
    assert not Draft.objects.exists()


def test_settling_a_draft_can_conflict_again_and_still_loses_nothing(section, writer):
    save_section(section=section, text="First.", based_on=0, by=writer)
    second = builders.person()
    with pytest.raises(Conflict) as told:
        save_section(section=section, text="Second.", based_on=0, by=second)
    save_section(section=section, text="First again.", based_on=1, by=writer)
    with pytest.raises(Conflict):
        settle_draft(draft=told.value.draft, text="Both.", based_on=1, by=second)
    assert Draft.objects.get().text == "Both."


def test_only_its_writer_discards_a_draft(section, writer):
    save_section(section=section, text="First.", based_on=0, by=writer)
    second = builders.person()
    with pytest.raises(Conflict) as told:
        save_section(section=section, text="Second.", based_on=0, by=second)
    discard_draft(draft=told.value.draft, by=writer)
    assert Draft.objects.exists()
    discard_draft(draft=told.value.draft, by=second)
    assert not Draft.objects.exists()


def test_placed_quotes_are_kept_as_rows_in_their_order(case_study, section, writer):
    first, second = (builders.excerpt(case_study.project) for _ in range(2))
    save_section(section=section, text="[Q2]\n\nThen:\n\n[Q1]", based_on=0, by=writer)
    assert [each.excerpt for each in section.placements.all()] == [second, first]
    save_section(section=section, text="[Q1]", based_on=1, by=writer)
    assert [each.excerpt for each in section.placements.all()] == [first]


def test_an_unknown_quote_is_named_with_its_place_and_the_text_kept(section, writer):
    with pytest.raises(ValidationError) as refused:
        save_section(section=section, text="Text.\n\n[Q9]", based_on=0, by=writer)
    assert refused.value.messages == [
        "Q9 in paragraph 2 of “Start-up conditions” is no excerpt of this project."
        " Remove it or place another quote."
    ]
    assert Draft.objects.get().text == "Text.\n\n[Q9]"
    save_section(section=section, text="Text.", based_on=0, by=writer)
    assert not Draft.objects.exists()


def test_an_excerpt_of_another_project_is_unknown_here(section, writer):
    builders.excerpt(builders.project())
    with pytest.raises(ValidationError, match="no excerpt of this project"):
        save_section(section=section, text="[Q1]", based_on=0, by=writer)


def test_withdrawn_evidence_cannot_be_quoted(case_study, section, writer):
    withdraw(builders.excerpt(case_study.project))
    with pytest.raises(ValidationError, match=r"Q1 .* cannot be quoted: its evidence \(E1\)"):
        save_section(section=section, text="[Q1]", based_on=0, by=writer)


def test_a_removed_excerpt_cannot_be_quoted(case_study, section, writer):
    excerpt = builders.excerpt(case_study.project)
    excerpt.removed_at, excerpt.removed_by = timezone.now(), writer
    excerpt.save()
    with pytest.raises(ValidationError, match="the excerpt was removed"):
        save_section(section=section, text="[Q1]", based_on=0, by=writer)


def test_a_quote_withdrawn_since_does_not_stop_other_writing(case_study, section, writer):
    excerpt = builders.excerpt(case_study.project)
    save_section(section=section, text="[Q1]", based_on=0, by=writer)
    withdraw(excerpt)
    save_section(section=section, text="[Q1]\n\nMore.", based_on=1, by=writer)
    assert section.placements.get().excerpt == excerpt


def test_only_a_draft_can_be_written_and_what_was_typed_is_kept(case_study, section, writer):
    case_study.status = CaseStudyStatus.IN_REVIEW
    case_study.save()
    with pytest.raises(ValidationError, match="is in review, so its text is locked"):
        save_section(section=section, text="Late.", based_on=0, by=writer)
    with pytest.raises(ValidationError, match="locked"):
        change_case_study(case_study=case_study, title="Late", type="full", by=writer)
    assert Draft.objects.get().text == "Late."


def test_a_text_can_be_too_long(section, writer):
    with pytest.raises(ValidationError, match="Shorten it to 100,000"):
        save_section(section=section, text="x" * 100_001, based_on=0, by=writer)


def test_a_revision_that_never_was_is_refused(section, writer):
    for based_on in (-1, 1):
        with pytest.raises(ValidationError, match="Open the case study again"):
            save_section(section=section, text="x", based_on=based_on, by=writer)
