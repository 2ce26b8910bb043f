from collections.abc import Callable

from accounts.models import Membership, Person
from accounts.roles import Role
from accounts.secret_links import hashed
from programmes.actions.answers import save_answer
from programmes.models import (
    Answer,
    AnswerDraft,
    Application,
    ApplicationState,
    AttachedFile,
    QuestionKind,
)
from tests import builders
from tests.walk import Kind, Row, World, answers

# One question of each kind.
QUESTIONS = [
    {"key": kind.value, "kind": kind, "word_limit": 100 if kind == QuestionKind.TEXT else None}
    | ({"choices": ["One", "Two"]} if kind == QuestionKind.CHOICE else {})
    for kind in QuestionKind
]


def furnish(world: World) -> None:
    """An application in an open call, which the applicant of the world writes too."""
    writer = world.people[Kind.APPLICANT]
    cohort = builders.cohort(world.programme, 4)
    call = builders.call(
        world.programme, cohort=cohort, questions=QUESTIONS, supporters=["sponsor", "board"]
    )
    world.extra.started = started = builders.application(call, "Wakefield", by=writer)
    simple = builders.call(
        world.programme,
        cohort=builders.cohort(world.programme, 5),
        questions=[{"is_required": False}],
    )
    world.extra.ready = builders.application(simple, "Dudley", by=writer)
    world.extra.handed_in = builders.application(
        simple, "Hull", ApplicationState.SUBMITTED, by=writer
    )
    world.extra.attached = attached(started, writer)
    world.extra.answer_draft = draft(started, writer)
    colleague = builders.grant(builders.person("Cora Colleague"), Role.APPLICANT, started)
    world.extra.colleague = Membership.objects.get(person=colleague)
    world.extra.to_colleague = builders.invitation(
        world.programme,
        by=writer,
        role=Role.APPLICANT,
        scope=started,
        token_sha256=hashed("of a colleague"),
    )
    world.extra.support = builders.support(started)


def attached(application: Application, by: Person) -> AttachedFile:
    return AttachedFile.objects.create(
        application=application,
        key="file",
        file="applications/0/no-such-file",
        file_name="letter.pdf",
        size=1000,
        sha256="0" * 64,
        uploaded_by=by,
        uploaded_by_name=str(by),
    )


def draft(application: Application, by: Person) -> AnswerDraft:
    question = builders.asked(application, "text")
    save_answer(application=application, question=question, value="Ours.", based_on=0, by=by)
    save_answer(application=application, question=question, value="Us.", based_on=1, by=by)
    answer = Answer.objects.get(application=application, key="text")
    return AnswerDraft.objects.create(answer=answer, person=by, value="Mine.", based_on=0)


def application(world: World) -> dict[str, object]:
    return {"pk": world.application.pk}


def started(world: World) -> dict[str, object]:
    return {"pk": world.extra.started.pk}


def handed_in(world: World) -> dict[str, object]:
    return {"pk": world.extra.handed_in.pk}


def ready(world: World) -> dict[str, object]:
    return {"pk": world.extra.ready.pk}


def own_draft(world: World) -> dict[str, object]:
    return {"pk": world.extra.answer_draft.pk}


def attached_file(world: World) -> dict[str, object]:
    return {"pk": world.extra.started.pk, "file": world.extra.attached.pk}


def colleague(world: World) -> dict[str, object]:
    return {"pk": world.extra.started.pk, "membership": world.extra.colleague.pk}


def to_colleague(world: World) -> dict[str, object]:
    return {"pk": world.extra.started.pk, "invitation": world.extra.to_colleague.pk}


def answered(world: World) -> dict[str, object]:
    return {"pk": world.extra.started.pk, "key": "text"}


def supporter(key: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {"pk": world.extra.started.pk, "key": key}


def question_page(kind: str) -> Row:
    return Row(
        "programmes:answer",
        lambda world: {"pk": world.extra.started.pk, "key": kind},
        get=WRITERS,
        post=WRITERS,
        query=f"?{kind}",
    )


READERS = answers(404, applicant=200, staff=200, panel_member=200, recused=404)
OWN = answers(404, applicant=200, applicant_elsewhere=200)
WRITERS = answers(404, applicant=200, staff=403)
WRITERS_GO_ON = answers(404, applicant=302, staff=403)
WRITER = answers(404, applicant=200)
PUBLIC = answers(200, anonymous=200)

ROWS = [
    Row("programmes:home_applications", get=OWN),
    Row("programmes:application", application, get=READERS),
    Row(
        "programmes:application",
        started,
        get=answers(404, applicant=200, staff=200),
        query="?started",
    ),
    *(question_page(kind) for kind in QuestionKind.values),
    Row(
        "programmes:answer_autosave",
        lambda world: {"pk": world.extra.started.pk, "key": "text"},
        post=answers(404, applicant=422, staff=403),
    ),
    Row("programmes:wordings", answered, get=WRITERS),
    Row(
        "programmes:wording",
        lambda world: answered(world) | {"number": 1},
        get=WRITERS,
        post=WRITERS,
    ),
    Row("programmes:answer_draft", own_draft, get=WRITER, post=WRITER),
    Row("programmes:answer_draft_discard", own_draft, post=answers(404, applicant=302)),
    Row("programmes:application_file", attached_file, get=answers(404)),
    Row("programmes:application_preview", started, get=WRITERS),
    Row("programmes:application_submit", started, get=WRITERS, post=WRITERS),
    Row("programmes:application_take_back", handed_in, get=WRITERS, post=WRITERS_GO_ON),
    Row("programmes:application_withdraw", started, get=WRITERS, post=WRITERS),
    Row("programmes:receipt", handed_in, post=WRITERS_GO_ON),
    Row(
        "programmes:application",
        handed_in,
        get=answers(404, applicant=200, staff=200),
        query="?handed_in",
    ),
    Row("programmes:application_submit", ready, get=WRITERS, post=WRITERS_GO_ON, query="?ready"),
    Row("programmes:colleagues", started, get=WRITERS, post=WRITERS),
    Row("programmes:colleague_invite_again", to_colleague, post=WRITERS_GO_ON),
    Row("programmes:colleague_uninvite", to_colleague, post=WRITERS_GO_ON),
    Row("programmes:colleague_remove", colleague, get=WRITERS, post=WRITERS_GO_ON),
    Row("programmes:support_ask", supporter("sponsor"), get=WRITERS, post=WRITERS),
    Row("programmes:support_ask", supporter("board"), get=WRITERS, post=WRITERS, query="?board"),
    Row("programmes:support_remind", supporter("sponsor"), post=WRITERS_GO_ON),
    Row("programmes:support_withdraw", supporter("sponsor"), post=WRITERS_GO_ON),
    Row(
        "programmes:support",
        lambda world: {"token": builders.SUPPORT_TOKEN},
        get=PUBLIC,
        post=PUBLIC,
    ),
]
