"""Evidence and excerpts that cite a clause of the MOU, and who learns of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Person
from accounts.roles import Role
from evaluation.actions.coding import remove_excerpt
from evaluation.actions.evidence import withdraw
from evaluation.models import CaseStudyStatus, Evidence, Excerpt
from programmes.actions.mou.beginning import begin_mou
from programmes.actions.mou.citations import cite, take_back_citation
from programmes.actions.mou.wordings import propose_wording, take_in
from programmes.models import MOU, Citation, Clause, MOUVersion
from programmes.queries.mou.citations import CitedBy, open_citations, who_cites
from programmes.queries.mou.liveness import Share, liveness
from tests import builders

pytestmark = pytest.mark.django_db


class World:
    """An MOU, an item of evidence and an excerpt of its project, and everybody around it."""

    def __init__(self) -> None:
        self.project = builders.project()
        programme = self.project.programme
        self.staff = builders.staff(programme)
        self.evaluator = builders.evaluator(programme)
        self.enabler = builders.grant(builders.person(), Role.ENABLER, self.project)
        self.partner = builders.grant(builders.person(), Role.PARTNER, self.project.place)
        self.mou: MOU = begin_mou(project=self.project, by=self.staff)
        self.evidence: Evidence = builders.evidence(self.project, by=self.evaluator)
        self.excerpt: Excerpt = builders.excerpt_from(
            self.evidence, "meet as people", by=self.evaluator
        )

    def clause(self, key: str = "learning") -> Clause:
        return self.mou.clauses.select_related("mou__project").get(key=key)

    def seen_by(self, person: Person, key: str = "learning") -> list[CitedBy]:
        return who_cites(self.clause(key), self.project, person)

    def counted(self) -> int:
        rows = Citation.objects.values_list("clause", "cited_at", "cited_in_type", "cited_in_id")
        return len(open_citations(self.mou, rows))

    def published(self, status: CaseStudyStatus = CaseStudyStatus.PUBLISHED) -> None:
        """The project's case study quotes the excerpt."""
        study = builders.case_study(self.project, by=self.evaluator)
        section = study.sections.order_by("pk").first()
        assert section
        section.placements.create(excerpt=self.excerpt, position=1)
        study.status = status
        study.save()


@pytest.fixture
def world() -> World:
    return World()


def address(world: World, key: str = "learning") -> str:
    at = [world.project.programme.slug, world.project.slug, key]
    return reverse("programmes:clause_citations", args=at)


def test_an_evaluator_sees_what_cites_a_clause_with_the_wording_that_stood(world: World) -> None:
    cite(clause=world.clause(), thing=world.evidence, by=world.evaluator)
    other = propose_wording(
        mou=world.mou, clause=world.clause(), heading="Learning", text="Anew", by=world.staff
    )
    take_in(wording=other, by=world.staff)
    cite(clause=world.clause(), thing=world.excerpt, by=world.evaluator)
    excerpt, evidence = world.seen_by(world.evaluator)
    assert (evidence.kind, evidence.seen.words, evidence.wording) == ("Evidence", "E1 Interview", 1)
    assert (excerpt.seen.words, excerpt.wording) == ("Q1 “meet as people”", 2)
    assert evidence.seen.address == world.evidence.get_absolute_url()


def test_nobody_else_learns_that_evidence_cites_a_clause(world: World, client: Client) -> None:
    cite(clause=world.clause(), thing=world.evidence, by=world.evaluator)
    cite(clause=world.clause(), thing=world.excerpt, by=world.evaluator)
    world.published(CaseStudyStatus.APPROVED)
    operator = builders.person(is_operator=True)
    for person in (world.staff, world.enabler, world.partner, operator):
        assert world.seen_by(person) == []
        client.force_login(person)
        cited, not_cited = (
            client.get(address(world, key), headers={"HX-Request": "true"}).content.decode()
            for key in ("learning", "purpose")
        )
        assert cited == not_cited  # byte for byte
    assert world.counted() == 0


def test_a_published_quote_that_cites_is_seen_and_counted(world: World, client: Client) -> None:
    cite(clause=world.clause(), thing=world.evidence, by=world.evaluator)
    cite(clause=world.clause(), thing=world.excerpt, by=world.evaluator)
    world.published()
    for person in (world.staff, world.enabler, world.partner):
        (cited,) = world.seen_by(person)
        assert cited.kind == "Excerpt"
        client.force_login(person)
        assert "meet as people" in client.get(address(world)).content.decode()
        assert client.get(cited.seen.address).status_code == 200
    assert world.counted() == 1
    withdraw(evidence=world.evidence, reason="They asked us to.", by=world.evaluator)
    assert world.seen_by(world.partner) == world.seen_by(world.evaluator) == []
    assert world.counted() == 0


def test_how_alive_the_mou_is_counts_no_clause_for_what_the_place_may_not_read(
    world: World, client: Client
) -> None:
    MOUVersion.objects.update(created_at=timezone.now() - timedelta(days=400))
    at = reverse("programmes:liveness", args=[world.project.programme.slug, world.project.slug])

    def pages() -> list[bytes]:
        readers = (world.partner, world.enabler, world.staff, world.evaluator)
        return [figures_for(person) for person in readers]

    def figures_for(person: Person) -> bytes:
        client.force_login(person)
        return client.get(at).content.partition(b"<h1")[2].partition(b"</main>")[0]

    before = pages()
    cite(clause=world.clause(), thing=world.evidence, by=world.evaluator)
    cite(clause=world.clause("purpose"), thing=world.excerpt, by=world.evaluator)
    assert pages() == before
    assert liveness(world.mou).use == Share(0, 11)
    world.published()
    assert liveness(world.mou).use == Share(1, 11)


def test_a_citation_counts_from_its_day_here(world: World) -> None:
    """Shortly before midnight in Greenwich it is the next day in summer."""
    cite(clause=world.clause(), thing=world.excerpt, by=world.evaluator)
    world.published()
    Citation.objects.update(cited_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    MOUVersion.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    used = [liveness(world.mou, date(2026, *day)).use.part for day in ((6, 30), (7, 1))]
    assert used == [0, 1]


def test_a_removed_excerpt_cites_nothing_any_more(world: World) -> None:
    cite(clause=world.clause(), thing=world.excerpt, by=world.evaluator)
    remove_excerpt(excerpt=world.excerpt, by=world.evaluator)
    assert world.seen_by(world.evaluator) == []
    world.excerpt.refresh_from_db()
    with pytest.raises(ValidationError, match="was removed"):
        cite(clause=world.clause("purpose"), thing=world.excerpt, by=world.evaluator)


def test_a_thing_cites_a_clause_once_and_can_take_that_back(world: World) -> None:
    citation = cite(clause=world.clause(), thing=world.evidence, by=world.evaluator)
    with pytest.raises(ValidationError, match="cites this clause already"):
        cite(clause=world.clause(), thing=world.evidence, by=world.evaluator)
    take_back_citation(citation=citation, by=world.evaluator)
    assert not Citation.objects.exists()
    kinds = AuditEvent.objects.filter(kind__contains="cit").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["mou.cited", "mou.citation_removed"]


def test_only_evaluators_cite_and_only_clauses_of_the_same_project(world: World) -> None:
    citation = cite(clause=world.clause("purpose"), thing=world.evidence, by=world.evaluator)
    for person in (world.staff, world.enabler, world.partner):
        with pytest.raises(PermissionDenied):
            cite(clause=world.clause(), thing=world.evidence, by=person)
        with pytest.raises(PermissionDenied):
            take_back_citation(citation=citation, by=person)
    elsewhere = builders.evidence(builders.project(world.project.programme), by=world.evaluator)
    with pytest.raises(PermissionDenied):
        cite(clause=world.clause(), thing=elsewhere, by=world.evaluator)


def test_the_form_cites_and_the_button_takes_back(world: World, client: Client) -> None:
    client.force_login(world.evaluator)
    for name, thing in (("evidence", world.evidence), ("excerpt", world.excerpt)):
        at = reverse(f"evaluation:{name}_clauses", args=[thing.pk])
        assert "Select the clause that it cites" in client.post(at).content.decode()
        sent = client.post(at, {"clause": world.clause().pk})
        assert sent["Location"] == thing.get_absolute_url()
        assert "Learning" in client.get(at).content.decode()
        again = client.post(at, {"clause": world.clause().pk}).content.decode()
        assert "Select the clause" in again or "Choose" in again
    for citation in Citation.objects.order_by("pk"):
        at = [world.project.programme.slug, world.project.slug, citation.pk]
        assert client.post(reverse("programmes:citation_remove", args=at)).status_code == 302
    assert not Citation.objects.exists()


def test_a_partner_who_sees_that_a_quote_cites_cannot_take_that_back(
    world: World, client: Client
) -> None:
    citation = cite(clause=world.clause(), thing=world.excerpt, by=world.evaluator)
    at = [world.project.programme.slug, world.project.slug, citation.pk]
    client.force_login(world.partner)
    answers = [client.post(reverse("programmes:citation_remove", args=at)).status_code]
    world.published()
    answers.append(client.post(reverse("programmes:citation_remove", args=at)).status_code)
    assert answers == [404, 403]


def test_a_project_without_an_mou_says_so(client: Client) -> None:
    project = builders.project()
    item = builders.evidence(project)
    client.force_login(builders.evaluator(project.programme))
    at = reverse("evaluation:evidence_clauses", args=[item.pk])
    assert "no memorandum of understanding" in client.get(at).content.decode()
    assert client.post(at, {"clause": 1}).status_code == 200


@pytest.mark.parametrize("who", ["evaluator", "partner"])
def test_who_cites_takes_the_same_queries_for_one_and_for_many(
    world: World, who: str, client: Client
) -> None:
    client.force_login(getattr(world, who))
    counts = []
    world.published()
    for more in (0, 20):
        for _ in range(more + 1):
            item = builders.evidence(world.project, by=world.evaluator)
            cite(clause=world.clause(), thing=item, by=world.evaluator)
            excerpt = builders.excerpt_from(item, "people", by=world.evaluator)
            cite(clause=world.clause(), thing=excerpt, by=world.evaluator)
        with CaptureQueriesContext(connection) as caught:
            client.get(address(world))
        counts.append(len(caught))
    assert counts[0] == counts[1]
