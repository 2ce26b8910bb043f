"""Conflicts of interest: declared on everything before anything opens, settled with a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent, Person
from accounts.roles import Role
from programmes.actions.interests import Declared, declare, declare_later, settle
from programmes.actions.panels import add_member, remove_member
from programmes.models import Application, ApplicationState, Call, PanelMember, Phase, Standing
from programmes.queries.hints import hints_for
from programmes.queries.recusals import readable_by
from tests import builders

pytestmark = pytest.mark.django_db

NONE = Declared(is_conflict=False)


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.SCORING)


@pytest.fixture
def member(call: Call) -> PanelMember:
    return builders.panel_member(call)


@pytest.fixture
def applications(call: Call) -> list[Application]:
    return [
        builders.application(call, name, ApplicationState.ELIGIBLE) for name in ("Ayton", "Beeton")
    ]


def staff_of(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


def test_what_has_no_conflict_opens_at_once_and_what_has_one_waits(
    member: PanelMember, applications: list[Application]
) -> None:
    first, second = applications
    said = {first.pk: NONE, second.pk: Declared(is_conflict=True, words="My sister leads it.")}
    declare(member=member, declared=said, by=member.person)
    assert list(readable_by(member)) == [first]
    assert member.interests.get(application=second).standing == Standing.TO_SETTLE


def test_every_application_is_answered_and_every_conflict_described(
    member: PanelMember, applications: list[Application]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        declare(
            member=member,
            declared={applications[1].pk: Declared(is_conflict=True, words=" ")},
            by=member.person,
        )
    assert refusal.value.message_dict == {
        str(applications[0].pk): ["Say whether you have a conflict with Ayton"],
        str(applications[1].pk): ["Say what the conflict with Beeton is"],
    }
    assert not member.interests.exists()


def test_only_the_member_declares_and_only_when_it_is_asked(
    call: Call, member: PanelMember, applications: list[Application]
) -> None:
    said = {application.pk: NONE for application in applications}
    with pytest.raises(PermissionDenied):
        declare(member=member, declared=said, by=staff_of(call))
    Call.objects.update(phase=Phase.ELIGIBILITY)
    with pytest.raises(ValidationError, match="cannot be declared now"):
        declare(member=member, declared=said, by=member.person)


@pytest.mark.parametrize("standing", [Standing.CLEAR, Standing.RECUSED])
def test_staff_settle_with_a_reason(
    call: Call, member: PanelMember, applications: list[Application], standing: Standing
) -> None:
    said = {each.pk: Declared(is_conflict=True, words="I live there.") for each in applications}
    row = declare(member=member, declared=said, by=member.person)[0]
    with pytest.raises(ValidationError, match="Say why"):
        settle(interest=row, standing=standing, reason="", by=staff_of(call))
    with pytest.raises(PermissionDenied):
        settle(interest=row, standing=standing, reason="No tie.", by=builders.person())
    settle(interest=row, standing=standing, reason="No tie.", by=staff_of(call))
    is_open = readable_by(member).filter(pk=row.application_id).exists()
    assert is_open == (standing == Standing.CLEAR)
    event = AuditEvent.objects.get(kind="panel.settled")
    assert event.changes["standing"] == ["To be settled", standing.label]


def test_nobody_settles_their_own(call: Call, applications: list[Application]) -> None:
    someone = staff_of(call)
    member = builders.panel_member(call, someone)
    row = builders.interest(member, applications[0], Standing.TO_SETTLE)
    with pytest.raises(ValidationError, match="Somebody else"):
        settle(interest=row, standing=Standing.CLEAR, reason="Fine.", by=someone)


def test_a_conflict_seen_later_closes_the_application(
    member: PanelMember, applications: list[Application]
) -> None:
    for application in applications:
        builders.interest(member, application)
    declare_later(
        member=member, application=applications[0], words="I know the author.", by=member.person
    )
    assert list(readable_by(member)) == [applications[1]]


class TestHints:
    def sentences(self, member: PanelMember, application: Application) -> list[str]:
        return hints_for(PanelMember.objects.get(pk=member.pk), [application])[application.pk]

    def test_there_is_none_by_itself(
        self, member: PanelMember, applications: list[Application]
    ) -> None:
        assert hints_for(member, applications) == {each.pk: [] for each in applications}

    def test_the_same_organisation(self, call: Call) -> None:
        member = builders.panel_member(call, organisation="Ayton  CCG")
        application = builders.application(call)
        builders.submission(application, partners=[{"organisation": "ayton ccg", "part": "lead"}])
        assert self.sentences(member, application) == [
            "Ayton  CCG is a partner in this application."
        ]

    def test_an_organisation_of_the_place(self, call: Call) -> None:
        place = builders.place("Ayton")
        place.partnerships.create(organisation=builders.organisation("Ayton Council"))
        member = builders.panel_member(call, organisation="Ayton Council")
        application = builders.application(call, place=place)
        assert len(self.sentences(member, application)) == 1

    @pytest.mark.parametrize(
        ("domain", "count"), [("ayton.gov.uk", 1), ("gmail.com", 0), ("nhs.net", 0)]
    )
    def test_an_address_at_the_same_domain(self, call: Call, domain: str, count: int) -> None:
        member = builders.panel_member(call, builders.person(email=f"jo@{domain}"))
        writer = builders.person(email=f"al@{domain}")
        assert len(self.sentences(member, builders.application(call, by=writer))) == count

    def test_a_place_that_they_belong_to_or_have_worked_in(self, call: Call) -> None:
        project = builders.project()
        partner = builders.grant(builders.person(), Role.PARTNER, project.place)
        enabler = builders.grant(builders.person(), Role.ENABLER, project)
        application = builders.application(call, "Ayton", place=project.place)
        for person, words in ((partner, "are a partner in"), (enabler, "have worked in")):
            found = self.sentences(builders.panel_member(call, person), application)
            assert [words in sentence for sentence in found] == [True]

    def test_a_hint_waits_for_staff_even_where_no_conflict_is_declared(self, call: Call) -> None:
        project = builders.project()
        partner = builders.grant(builders.person(), Role.PARTNER, project.place)
        member = builders.panel_member(call, partner)
        application = builders.application(
            call, "Ayton", ApplicationState.ELIGIBLE, place=project.place
        )
        row = declare(member=member, declared={application.pk: NONE}, by=partner)[0]
        assert (row.is_declared, row.standing) == (False, Standing.TO_SETTLE)
        assert row.hints == ["You are a partner in Ayton."]


class TestMembers:
    def test_only_who_is_a_panel_member_of_the_programme_is_added(self, call: Call) -> None:
        by, someone = staff_of(call), builders.person()
        with pytest.raises(ValidationError, match="Invite them"):
            add_member(call=call, person=someone, organisation="", is_chair=False, by=by)
        builders.grant(someone, Role.PANEL_MEMBER, call.cohort.programme)
        add_member(call=call, person=someone, organisation="", is_chair=False, by=by)
        with pytest.raises(ValidationError, match="sit on this panel already"):
            add_member(call=call, person=someone, organisation="", is_chair=False, by=by)

    def test_who_is_removed_reads_nothing_and_may_come_back(
        self, call: Call, applications: list[Application]
    ) -> None:
        by = staff_of(call)
        someone = builders.grant(builders.person(), Role.PANEL_MEMBER, call.cohort.programme)
        member = add_member(call=call, person=someone, organisation="", is_chair=False, by=by)
        for application in applications:
            builders.interest(member, application)
        with pytest.raises(ValidationError, match="Say why"):
            remove_member(member=member, reason=" ", by=by)
        removed = remove_member(member=member, reason="Moved away.", by=by)
        assert not readable_by(removed).exists()
        again = add_member(call=call, person=someone, organisation="", is_chair=True, by=by)
        assert again.pk == member.pk
        assert readable_by(again).count() == len(applications)
