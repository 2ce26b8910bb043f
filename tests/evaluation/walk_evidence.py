from collections.abc import Callable

from evaluation.actions.evidence import withdraw
from evaluation.actions.uploads import accept, upload
from evaluation.models import SourceKind
from programmes.actions.mou.citations import cite
from tests import builders
from tests.evaluation.extraction.files import long_pdf
from tests.programmes.mou.in_world import drafted
from tests.walk import Kind, Row, World, answers

EVALUATORS = answers(404, programme=403, project=403, evaluator=200)
SENT_ON = answers(404, programme=403, project=403, evaluator=302)
NOTHING = answers(404, programme=403, project=403, evaluator=400)


def furnish(world: World) -> None:
    project, extra = world.project, world.extra
    by = world.people[Kind.EVALUATOR]
    files = [
        upload(project=project, file_name=name, content=content, details={}, by=by)
        for name, content in [("a.txt", b"We met."), ("b.txt", b"Then."), ("c.pdf", long_pdf())]
    ]
    extra.evidence = accept(
        upload=files[0],
        details={
            "kind": SourceKind.INTERVIEW,
            "title": "Interview",
            "collected_on": None,
            "speaker_role": "partner",
            "speaker_place": "",
        },
        text="We met as people first, and so we came to trust each other.",
        by=by,
    )
    extra.upload, extra.unread = files[1:]
    extra.withdrawn = builders.evidence(project, by=by)
    withdraw(evidence=extra.withdrawn, reason="They asked us to.", by=by)
    extra.excerpt = builders.excerpt_from(extra.evidence, "trust each other", by=by)
    builders.excerpt_from(extra.evidence, "came to trust", by=by)
    extra.coding = extra.excerpt.codings.get()
    builders.lens_version("Sponsoring")
    extra.citation = cite(
        clause=drafted(world).clauses.get(key="learning"), thing=extra.evidence, by=by
    )


def of(name: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {"pk": getattr(world.extra, name).pk}


def project(world: World) -> dict[str, object]:
    return {"pk": world.project.pk}


def version(world: World) -> dict[str, object]:
    return {"pk": world.extra.evidence.pk, "number": 1}


item, excerpt = of("evidence"), of("excerpt")

ROWS = [
    Row("evaluation:project_panel", project, get=answers(404, project_members=200)),
    Row(
        "evaluation:sources",
        project,
        get=EVALUATORS | {Kind.STAFF: 200},
        post=EVALUATORS,
    ),
    Row("evaluation:evidence_list", project, get=EVALUATORS),
    Row("evaluation:evidence_create", project, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:excerpts", project, get=EVALUATORS),
    Row("evaluation:excerpts_by_dimension", project, get=EVALUATORS),
    Row("evaluation:passages", project, get=EVALUATORS, query="?words=trust"),
    Row("evaluation:upload", of("upload"), get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:upload", of("unread"), get=EVALUATORS, post=SENT_ON),
    Row("evaluation:upload_discard", of("upload"), post=SENT_ON),
    Row("evaluation:evidence", item, get=EVALUATORS),
    Row("evaluation:evidence", of("withdrawn"), get=EVALUATORS),
    Row("evaluation:evidence_edit", item, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:evidence_withdraw", item, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:versions", item, get=EVALUATORS),
    Row("evaluation:version", version, get=EVALUATORS),
    Row("evaluation:version_create", item, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:version_file", version, get=EVALUATORS),
    Row("evaluation:excerpts_carry", item, get=EVALUATORS, post=SENT_ON),
    Row("evaluation:passage_code", item, post=NOTHING),
    Row("evaluation:passage_paste", item, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:evidence_clauses", item, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:excerpt", excerpt, get=EVALUATORS),
    Row("evaluation:excerpt_clauses", excerpt, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:excerpt_code", excerpt, get=EVALUATORS, post=EVALUATORS),
    Row("evaluation:excerpt_speaker", excerpt, get=SENT_ON, post=SENT_ON),
    Row("evaluation:excerpt_remove", excerpt, post=SENT_ON),
    Row("evaluation:coding_remove", of("coding"), post=SENT_ON),
]
