import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from evaluation.actions.evidence import (
    StoredFile,
    add_evidence,
    add_version,
    change_details,
    declare_sources,
    withdraw,
)
from evaluation.models import Evidence, Source, SourceKind
from evaluation.queries.evidence import evidence_of, texts_that_hold, touched_by
from evaluation.queries.sources import sources_of, sources_of_each, sums_of_sources
from programmes.models import Project
from tests import builders

pytestmark = pytest.mark.django_db

INTERVIEW = SourceKind.INTERVIEW


def quantity(project: Project, kind: SourceKind = INTERVIEW) -> int:
    return sum(tally.quantity for tally in sources_of(project) if tally.kind == kind)


def faults(error: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return list(error.value.message_dict)


def details(evidence: Evidence, **changed: object) -> dict[str, object]:
    fields = ("title", "collected_on", "speaker_role", "speaker_place")
    now = {field: getattr(evidence, field) for field in fields}
    return now | {"kind": evidence.source.kind, "evidence": evidence} | changed


def test_an_item_is_numbered_in_its_project_and_counted() -> None:
    project = builders.project()
    builders.evidence(builders.project())
    first, second = builders.evidence(project), builders.evidence(project)
    assert [first.reference, second.reference] == ["E1", "E2"]
    assert quantity(project) == 2


def test_an_item_may_be_one_of_those_already_listed() -> None:
    project, person = builders.project(), builders.person()
    declare_sources(project=project, kind=INTERVIEW, quantity=2, by=person)
    builders.evidence(project, already_listed=True)
    builders.evidence(project, already_listed=True)
    assert quantity(project) == 2
    with pytest.raises(ValidationError) as error:
        builders.evidence(project, already_listed=True)
    assert error.value.messages == [
        "All 2 sources of the kind “interview” have their text here already."
        " Say that this is one more, or raise the number of sources first."
    ]
    builders.evidence(project)
    assert quantity(project) == 3


def test_nothing_can_be_already_listed_where_nothing_is() -> None:
    with pytest.raises(ValidationError, match="No interview is listed yet"):
        builders.evidence(already_listed=True)
    assert not Source.objects.exists()


def test_the_text_is_kept_normalised_with_its_length_in_code_points() -> None:
    file = StoredFile("evidence/1", "notes.docx", "ab" * 32)
    evidence = builders.evidence(
        text="\ufeff👩‍👧\r\nYes\0", file=file, warnings=["Look at page 2."]
    )
    version = evidence.latest_version()
    assert (version.text, version.length, version.number) == ("👩‍👧\nYes", 7, 1)
    assert version.warnings[0] == "Look at page 2."
    assert len(version.warnings) == 2
    assert (version.file, version.file_name) == ("evidence/1", "notes.docx")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " \r\n"}, "text"),
        ({"text": "x" * 1_000_001}, "text"),
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"speaker_role": "x" * 201}, "speaker_role"),
        ({"kind": "rumour"}, "kind"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(given: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        builders.evidence(**given)
    assert faults(error) == [field]
    assert not Evidence.objects.exists()


def test_the_audit_trail_tells_of_it_without_title_or_text() -> None:
    project = builders.project(place=builders.place("Dudley"))
    evidence = builders.evidence(project, "My neighbour Ann said", title="Talk with Ann")
    change_details(**details(evidence, title="Talk with Bea"), by=builders.person())
    added, changed = AuditEvent.objects.order_by("pk")
    assert added.subject_name == "E1, Dudley"
    assert added.scope_id == str(project.programme_id)
    assert list(changed.changes) == ["title"]
    for event in (added, changed):
        assert "Ann" not in str(vars(event))


def test_a_new_version_leaves_the_old_one() -> None:
    evidence = builders.evidence(text="Old")
    version = add_version(evidence=evidence, text="New", by=builders.person())
    assert version.number == 2
    assert [v.text for v in evidence.versions.all()] == ["Old", "New"]
    assert evidence.latest_version() == version


def test_the_same_text_is_no_new_version() -> None:
    evidence = builders.evidence(text="One\ntwo")
    with pytest.raises(ValidationError, match="as it stands"):
        add_version(evidence=evidence, text="One\r\ntwo", by=builders.person())


def test_an_item_whose_kind_changes_is_counted_there() -> None:
    evidence = builders.evidence()
    change_details(**details(evidence, kind=SourceKind.MINUTES), by=builders.person())
    assert [str(t) for t in sources_of(evidence.project)] == ["1 minutes"]


def test_changing_nothing_is_no_event() -> None:
    evidence = builders.evidence()
    before = AuditEvent.objects.count()
    change_details(**details(evidence), by=builders.person())
    assert AuditEvent.objects.count() == before


def test_withdrawn_evidence_counts_no_more_and_changes_no_more() -> None:
    excerpt = builders.excerpt()
    evidence = excerpt.version.evidence
    by = builders.person()
    withdraw(evidence=evidence, reason="They asked us to.", by=by)
    assert sources_of(evidence.project) == []
    evidence.refresh_from_db()
    assert evidence.withdrawn_by == by
    assert "asked" not in str(AuditEvent.objects.latest("pk").changes)
    for change in (
        lambda: add_version(evidence=evidence, text="New", by=by),
        lambda: change_details(**details(evidence), by=by),
        lambda: withdraw(evidence=evidence, reason="Again.", by=by),
    ):
        with pytest.raises(ValidationError, match="was withdrawn"):
            change()


def test_withdrawing_asks_for_a_reason() -> None:
    with pytest.raises(ValidationError) as error:
        withdraw(evidence=builders.evidence(), reason=" ", by=builders.person())
    assert faults(error) == ["reason"]


def test_what_rests_on_evidence_is_known() -> None:
    study = builders.case_study()
    excerpt = builders.excerpt(study.project)
    placed = study.sections.first()
    assert placed is not None
    placed.placements.create(excerpt=excerpt, position=1)
    touched = touched_by(excerpt.version.evidence)
    assert touched.excerpts == [excerpt]
    assert [p.section for p in touched.placements] == [placed]


def test_sources_without_text_are_declared() -> None:
    project, person = builders.project(), builders.person()
    declare_sources(project=project, kind=SourceKind.WEBSITE, quantity=3, by=person)
    declare_sources(project=project, kind=SourceKind.WEBSITE, quantity=3, by=person)
    assert [str(t) for t in sources_of(project)] == ["3 website"]
    assert AuditEvent.objects.get().changes == {"Website": ["0", "3"]}
    assert declare_sources(project=project, kind="website", quantity=0, by=person) is None
    assert not Source.objects.exists()


def test_no_fewer_sources_can_be_declared_than_have_their_text_here() -> None:
    evidence = builders.evidence()
    with pytest.raises(ValidationError, match="Enter 1 or more"):
        declare_sources(project=evidence.project, kind=INTERVIEW, quantity=0, by=builders.person())


def test_sources_are_told_apart_by_project_and_summed_over_them() -> None:
    programme, person = builders.programme(), builders.person()
    one, two = builders.project(programme), builders.project(programme, place=builders.place())
    builders.evidence(one)
    declare_sources(project=two, kind=INTERVIEW, quantity=4, by=person)
    declare_sources(project=two, kind=SourceKind.MOU, quantity=1, by=person)
    declare_sources(project=builders.project(), kind=INTERVIEW, quantity=9, by=person)
    each = sources_of_each(programme.projects.all())
    assert {pk: [str(t) for t in tallies] for pk, tallies in each.items()} == {
        one.pk: ["1 interview"],
        two.pk: ["4 interview", "1 memorandum of understanding"],
    }
    sums = sums_of_sources(programme.projects.all())
    assert [(amount.name, amount.quantity) for amount in sums] == [
        ("Interview", 5),
        ("Memorandum of understanding", 1),
    ]


@pytest.mark.parametrize("items", [3, 30])
def test_the_list_takes_one_query_however_long(
    items: int, django_assert_num_queries: object
) -> None:
    project = builders.project()
    for _ in range(items):
        builders.excerpt(project)
    with django_assert_num_queries(1):  # type: ignore[operator]
        rows = list(evidence_of(project))
    assert {(*e.made, e.source.kind) for e in rows} == {(1, 1, "interview")}
    assert len(rows) == items


def test_texts_are_searched_in_their_latest_version_in_one_project() -> None:
    evidence = builders.evidence(text="We TRUST them")
    old = builders.evidence(evidence.project, text="trust, once")
    add_version(evidence=old, text="not now", by=builders.person())
    builders.evidence(text="trust elsewhere")
    assert [v.evidence for v in texts_that_hold(evidence.project, "trust")] == [evidence]


def test_somebody_must_have_added_it() -> None:
    by = builders.person("Ada")
    evidence = add_evidence(
        project=builders.project(), kind=INTERVIEW, title="Talk", text="Yes", by=by
    )
    assert (evidence.created_by, evidence.created_by_name) == (by, "Ada")
