from django.utils import timezone

from documents.actions.jobs import request_job, run_job
from documents.actions.seal_keys import announce
from documents.models import Job, SealCertificate
from documents.sealing.authority import issue, make_root
from tests.documents import kinds
from tests.walk import Kind, Row, World, answers

assert kinds  # they are registered by being read


def furnish(world: World) -> None:
    """A letter that the evaluator asked for, and a report that the programme's members may read."""
    evaluator = world.people[Kind.EVALUATOR]
    world.extra.letter = _made("tests.letter", evaluator)
    world.extra.report = _made("tests.report", evaluator, world.programme)
    world.extra.certificate = _certificate()


def _certificate() -> SealCertificate:
    """Of a seal and its root, whose keys nobody has any more."""
    now = timezone.now()
    root = make_root("The programme", at=now)
    return announce([issue(root, "The programme", at=now).certificate, root.certificate])


def _made(kind, by, subject=None) -> Job:
    job = request_job(kind, by=by, subject=subject)
    run_job(job.pk)
    return job


def letter(world: World) -> dict[str, object]:
    return {"pk": world.extra.letter.pk}


def certificate(world: World) -> dict[str, object]:
    return {"fingerprint": world.extra.certificate.fingerprint}


ROWS = [
    Row("documents:check", get=answers(200, everyone=200), post=answers(200, everyone=200)),
    Row("documents:seal_certificate", certificate, get=answers(200, everyone=200)),
    Row("documents:job", letter, get=answers(404, evaluator=200)),
    Row("documents:job_again", letter, post=answers(404, evaluator=302)),
    Row("documents:job_file", letter, get=answers(404, evaluator=200)),
    Row(
        "documents:job_file",
        lambda world: {"pk": world.extra.report.pk},
        get=answers(404, members=200),
    ),
]
