"""An application full of words and numbers that nobody would write, and the panel that judges it.

Each word tells where it was planted. Who is recused from it may meet its place's name, since they
declared on it, and after the release what that publishes: the project with its partners and sponsors.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.actions.invitations import invite
from accounts.models import Membership, OutgoingMail, Person
from accounts.roles import Role
from documents.actions.jobs import run_job
from documents.models import Job
from programmes.actions.application_states import change_state
from programmes.actions.applications import digest_of
from programmes.actions.call_phases import change_phase
from programmes.actions.call_versions import publish
from programmes.actions.eligibility import (
    ask_for_correction,
    decide_eligibility,
    go_on_without_correction,
    grant_extension,
    record_withdrawal,
)
from programmes.actions.handing_in import ask_for_receipt
from programmes.actions.interests import settle
from programmes.actions.letters import draft_letters, mark_read, save_letter
from programmes.actions.minutes import request_minutes
from programmes.actions.release import release_decisions
from programmes.models import (
    Answer,
    Application,
    ApplicationState,
    AttachedFile,
    Call,
    Decision,
    DecisionChange,
    DecisionOutcome,
    Lot,
    PanelMember,
    Phase,
    PrivateNote,
    Programme,
    QuestionKind,
    Score,
    Standing,
    Submission,
)
from programmes.queries.call_versions import published_version
from programmes.queries.letters import letters_of
from tests import builders
from tests.programmes.selection.scoring import submit

SIGN = "qzx"  # begins every planted word
PLACE = "Planterham"
MONEY = 7_313_137
SUPPORTED_WITH = 8_191_817
# What the release publishes to everybody in the programme.
PUBLISHED = frozenset(
    {"qzxfocus", "qzxpartner", "qzxpart", "qzxsponsor", "qzxpost", "qzxbody", "8191817"}
)
WEIGHTS = 83, 17
MEAN = "4.32"  # of 5 and 1 with these weights; no other application's is odd
QUESTIONS = [
    {"key": kind.value, "kind": kind, "word_limit": 100 if kind == QuestionKind.TEXT else None}
    | ({"choices": ["One", "Two"]} if kind == QuestionKind.CHOICE else {})
    for kind in QuestionKind
]


@dataclass
class Planted:
    """The application, with all that pages could be asked for of it."""

    call: Call
    application: Application
    file: AttachedFile
    staff: Person
    writer: Person
    membership: Membership
    invitation: int
    others: list[PanelMember]  # who read it
    jobs: list[Job]

    @property
    def number(self) -> int:
        return self.application.number

    def renew(self) -> None:
        self.call = Call.objects.select_related("cohort__programme").get(pk=self.call.pk)
        self.application.refresh_from_db()


def plant(programme: Programme, number: int) -> Planted:
    """A call whose applications are checked, of which one has gone through all that staff can do."""
    staff = builders.staff(programme, name="Sam Staff")
    call = builders.call(
        programme,
        Phase.PREPARATION,
        cohort=builders.cohort(programme, number),
        questions=QUESTIONS,
        supporters=["sponsor"],
        closes_at=timezone.now() - timedelta(days=1),
    )
    version = call.versions.get()
    builders.criterion(version)
    for criterion, weight in zip(version.criteria.order_by("position"), WEIGHTS, strict=True):
        criterion.weight = weight
        criterion.save()
    publish(version, by=staff)
    call.phase = Phase.ELIGIBILITY
    call.save()
    for name in ("Ashford", "Birchley"):
        _other(call, name, staff)
    planted = _written(call, staff)
    for name in ("Clayton", "Dale"):
        _other(call, name, staff)
    _checked(planted)
    for job in planted.jobs:
        run_job(job.pk)
    lose_mail(planted)
    return planted


def lose_mail(planted: Planted) -> None:
    """What was written to the planted application's people does not go out: operators see that."""
    addresses = OutgoingMail.objects.filter(to__contains="@qzxdomain.example")
    addresses.update(status=OutgoingMail.Status.FAILED, error="550 No such mailbox.")


def _other(call: Call, name: str, staff: Person) -> None:
    row = builders.application(
        call, name, ApplicationState.SUBMITTED, place=builders.place(f"{name} in the register")
    )
    decide_eligibility(application=row, is_eligible=True, reason="It fits.", by=staff)


def _written(call: Call, staff: Person) -> Planted:
    writer = builders.person("Qzxwriter Smith", email="qzxwriter@qzxdomain.example")
    application = builders.application(
        call, PLACE, by=writer, place=builders.place("Planted in the register")
    )
    content = b"Qzxcontent of a file."
    file = AttachedFile.objects.create(
        application=application,
        key="file",
        file=default_storage.save("applications/planted/file", ContentFile(content)),
        file_name="Qzxfilename.pdf",
        size=len(content),
        sha256="0" * 64,
        uploaded_by=writer,
        uploaded_by_name=str(writer),
    )
    colleague = builders.grant(
        builders.person("Qzxcolleague Jones", email="qzxcolleague@qzxdomain.example"),
        Role.APPLICANT,
        application,
    )
    invitation = invite(
        email="qzxinvited@qzxdomain.example",
        name="Qzxinvited Brown",
        role=Role.APPLICANT,
        scope=application,
        by=writer,
        link=str,
        within=call.cohort.programme,
    )
    builders.support(
        application,
        name="Qzxsponsor Green",
        email="qzxmailbox@qzxdomain.example",
        post="Qzxpost of all",
        organisation="Qzxbody Trust",
        answered_at=timezone.now(),
        is_confirmed=True,
        amount=SUPPORTED_WITH,
        words="Qzxsupportwords.",
        token_sha256="planted",
    )
    return Planted(
        call=call,
        application=application,
        file=file,
        staff=staff,
        writer=writer,
        membership=Membership.objects.get(person=colleague),
        invitation=invitation.pk,
        others=[],
        jobs=[],
    )


def _answers(planted: Planted) -> dict[str, object]:
    return {
        "text": "Qzxfocus is what we share. " + "And more of it follows. " * 20 + "Qzxanswer.",
        "number": str(MONEY),
        "money": str(MONEY),
        "choice": "Two",
        "declaration": True,
        "file": planted.file.pk,
        "partners": [
            {"organisation": "Qzxpartner Council", "sector": "other", "part": "Qzxpart in it"}
        ],
    }


def _checked(planted: Planted) -> None:
    """Extended, submitted, corrected, submitted again, found eligible: each with a reason."""
    application, staff = planted.application, planted.staff
    later = timezone.now() + timedelta(days=2)
    grant_extension(application=application, until=later, reason="Qzxextended.", by=staff)
    answers = _answers(planted)
    for key, value in answers.items():
        Answer.objects.create(application=application, key=key, number=1, value=value)
    submission = _submitted(planted, 1, answers)
    ask_for_correction(application=application, asked="Qzxasked for.", due_at=later, by=staff)
    go_on_without_correction(application=application, reason="Qzxgoneon.", by=staff)
    planted.jobs.append(ask_for_receipt(submission=submission, by=planted.writer))
    decide_eligibility(application=application, is_eligible=False, reason="Qzxrefused.", by=staff)
    change_state(
        application=application, to=ApplicationState.SUBMITTED, by=staff, reason="Qzxagain."
    )
    decide_eligibility(application=application, is_eligible=True, reason="Qzxeligible.", by=staff)


def _submitted(planted: Planted, number: int, answers: dict[str, object]) -> Submission:
    application = planted.application
    application.state = ApplicationState.SUBMITTED
    application.save()
    version = published_version(application.call)
    assert version
    return Submission.objects.create(
        application=application,
        number=number,
        version=version,
        answers=answers,
        sha256=digest_of(answers),
        submitted_by=planted.writer,
        submitted_by_name=str(planted.writer),
    )


def seat_readers(planted: Planted) -> None:
    """Those who read the planted application, and are recused from nothing, or have to be settled."""
    programme = planted.call.cohort.programme
    for n, name in enumerate(("Ada", "Bruno", "Clara")):
        someone = builders.grant(builders.person(name), Role.PANEL_MEMBER, programme)
        member = builders.panel_member(planted.call, someone, is_chair=not n)
        for application in planted.call.applications.order_by("number"):
            builders.interest(member, application)
        planted.others.append(member)
    recused_too = builders.panel_member(planted.call, builders.person("Dev"))
    interest = builders.interest(recused_too, planted.application, Standing.TO_SETTLE)
    interest.declared, interest.hints = "Qzxdeclared.", ["Qzxhint."]
    interest.save()
    settle(interest=interest, standing=Standing.RECUSED, reason="Qzxsettled.", by=planted.staff)


def ask_the_panel(planted: Planted) -> None:
    change_phase(call=planted.call, to=Phase.CONFLICTS, by=planted.staff)


def open_scoring(planted: Planted, high: bool = True) -> None:
    """The readers score the planted application as they score no other."""
    change_phase(call=planted.call, to=Phase.SCORING, by=planted.staff)
    for member in planted.others:
        for application in planted.call.applications.order_by("number"):
            if application != planted.application:
                hand_in(member, application, 2 + application.number % 3)
        hand_in(
            member,
            planted.application,
            *((5, 1) if high else (1, 1)),
            comment="Qzxcomment on all of it.",
            remark="Qzxremark on one.",
        )
        PrivateNote.objects.create(
            member=member, application=planted.application, text="Qzxnote to myself."
        )


def hand_in(
    member: PanelMember, application: Application, *values: int, comment: str = "", remark: str = ""
) -> None:
    """One value for all criteria, or one for each."""
    values = values * (len(WEIGHTS) // len(values))
    sheet = submit(member, application, *values)
    sheet.comment = comment
    sheet.save()
    version = published_version(application.call)
    assert version
    for criterion, value in zip(version.criteria.order_by("position"), values, strict=True):
        Score.objects.create(sheet=sheet, criterion=criterion, value=value, comment=remark)


def meet(planted: Planted, outcome: DecisionOutcome | None = DecisionOutcome.SELECT) -> None:
    """With minutes of what the board decides; nothing, if `outcome` is None."""
    call, staff = planted.call, planted.staff
    change_phase(call=call, to=Phase.MEETING, by=staff)
    if outcome is not None:
        _decide(planted, outcome)
    minutes = request_minutes(call=call, by=staff)
    run_job(minutes.pk)
    planted.jobs.append(minutes)


def _decide(planted: Planted, outcome: DecisionOutcome) -> None:
    """Everything, the planted application by a lot and with a reason; letters are read."""
    call, staff = planted.call, planted.staff
    first = call.applications.earliest("number")
    references = [first.reference, planted.application.reference]
    lot = Lot.objects.create(
        call=call,
        seed="Qzxseed",
        between=references,
        drawn=references,
        reason="Qzxlot decides.",
        drawn_by=staff,
        drawn_by_name=str(staff),
    )
    others: dict[int, DecisionOutcome] = {1: DecisionOutcome.DECLINE}
    for row in call.applications.order_by("number"):
        is_planted = row == planted.application
        chosen = outcome if is_planted else others.get(row.number, DecisionOutcome.SELECT)
        decided = {
            "outcome": chosen,
            "reserve_order": 1 if chosen == DecisionOutcome.RESERVE else None,
            "reason": "Qzxreason of the board." if is_planted else "They fit.",
            "lot": lot if is_planted else None,
        }
        DecisionChange.objects.create(
            application=row, number=1, changed_by=staff, changed_by_name=str(staff), **decided
        )
        Decision.objects.create(
            application=row, prepared_by=staff, prepared_by_name=str(staff), **decided
        )
    draft_letters(call=call, by=staff)
    _write_letter(planted)
    for post in letters_of(call):
        assert post.letter
        mark_read(
            application=post.application,
            based_on=post.letter.number,
            decided=post.decided,
            by=staff,
        )


def _write_letter(planted: Planted) -> None:
    post = next(
        post for post in letters_of(planted.call) if post.application == planted.application
    )
    assert post.letter
    version = published_version(planted.call)
    assert version
    save_letter(
        application=planted.application,
        subject="Qzxsubject of the letter",
        text="Qzxletter.",
        feedback=dict.fromkeys(version.criteria.values_list("key", flat=True), "Qzxfeedback."),
        based_on=post.letter.number,
        decided=post.decided,
        by=planted.staff,
    )


def release(planted: Planted) -> None:
    """With a project of the planted place, and a place that withdraws afterwards."""
    release_decisions(
        call=planted.call,
        focus="text",
        by=planted.staff,
        address=lambda row: f"https://placework.example/{row.pk}",
        confirmation="The board agreed to one more.",
    )
    lose_mail(planted)
    record_withdrawal(
        application=planted.call.applications.get(number=2), reason="It cannot.", by=planted.staff
    )
