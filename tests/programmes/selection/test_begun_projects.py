"""What a selected application brings into its project."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from places.models import Organisation, Partnership
from programmes.actions.project_beginnings import LONGEST_FOCUS, shortened
from programmes.models import (
    Application,
    Call,
    CallVersion,
    Project,
    QuestionKind,
    Submission,
    Support,
    Supporter,
)
from tests import builders
from tests.programmes.selection.deciding import decide_all, met
from tests.programmes.selection.releasing import (
    read_all,
    release,
    settle_places,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme, name="Sam Staff")


class TestProjects:
    @pytest.fixture
    def selected(self, call: Call) -> Application:
        application = call.applications.get(number=1)
        answers: dict[str, Any] = {
            "q1": "Older people. They wait too long.",
            "p": [
                {"organisation": "  Known   Council", "sector": "nhs", "part": "Leads"},
                {
                    "organisation": "A New Charity",
                    "sector": "voluntary",
                    "part": "Knows the people",
                },
                {"organisation": "a new charity", "sector": "voluntary", "part": ""},
                {"organisation": " ", "sector": "", "part": ""},
            ],
        }
        Submission.objects.create(
            application=application,
            number=2,
            version=call.versions.get(),
            answers=answers,
            sha256="0" * 64,
            submitted_by=None,
            submitted_by_name="Ann",
        )
        return application

    @pytest.fixture
    def call(self) -> Call:
        """Its version also asks for partners and for two supporters."""
        return met(with_partners_and_supporters)

    def back(self, application: Application, key: str, amount: Decimal | None, **more: Any) -> None:
        Support.objects.create(
            application=application,
            key=key,
            name=more.pop("name", "Nora Nurse"),
            email="n@example.org",
            token_sha256=f"{key:0>64}"[:64],
            expires_at=timezone.now(),
            answered_at=timezone.now(),
            is_confirmed=more.pop("is_confirmed", True),
            amount=amount,
            asked_by_name="Ann",
            **more,
        )

    def test_it_brings_place_partners_sponsors_and_funding(
        self, call: Call, staff: Person, selected: Application
    ) -> None:
        builders.organisation("known council")
        self.back(selected, "s1", None, post="Leader")
        self.back(selected, "s2", Decimal(10_000), organisation="The Board")
        decide_all(call, staff)
        settle_places(call)
        read_all(call, staff)
        project = release(call, staff).projects[0]
        assert (project.application, project.cohort) == (selected, call.cohort)
        assert project.focus == "Older people. They wait too long."
        assert [each.organisation.name for each in partners(project)] == [
            "A New Charity",
            "known council",
        ]
        assert partners(project)[1].part == "Leads"
        assert [str(each) for each in project.sponsors.all()] == [
            "Nora Nurse, Senior sponsor",
            "Nora Nurse, The Board",
        ]
        assert [str(each) for each in project.funding.all()] == ["£10,000.00 from The Board"]

    def test_who_did_not_confirm_is_no_sponsor(
        self, call: Call, staff: Person, selected: Application
    ) -> None:
        self.back(selected, "s1", None, is_confirmed=False)
        decide_all(call, staff)
        settle_places(call)
        read_all(call, staff)
        assert not release(call, staff).projects[0].sponsors.exists()

    def test_a_partner_that_had_left_is_back(
        self, call: Call, staff: Person, selected: Application
    ) -> None:
        decide_all(call, staff)
        settle_places(call)
        read_all(call, staff)
        selected.refresh_from_db()
        council = builders.organisation("Known Council")
        Partnership.objects.create(
            place=selected.place, organisation=council, left_on=timezone.localdate()
        )
        release(call, staff)
        assert Partnership.objects.get(organisation=council).left_on is None
        assert Organisation.objects.filter(name__iexact="a new charity").count() == 1

    @given(st.text(max_size=900))
    def test_a_focus_is_short_and_begins_as_the_answer_does(self, answer: str) -> None:
        short = shortened(answer)
        assert len(short) <= LONGEST_FOCUS
        assert " ".join(answer.split()).startswith(short.removesuffix("…"))


def with_partners_and_supporters(version: CallVersion) -> None:
    builders.question(version, "p", kind=QuestionKind.PARTNERS)
    for position, who in enumerate(("Senior sponsor", "The Board"), start=1):
        Supporter.objects.create(
            version=version, key=f"s{position}", position=position, who=who, asked="Support"
        )


def partners(project: Project) -> list[Partnership]:
    rows = Partnership.objects.filter(place=project.place).select_related("organisation")
    return list(rows.order_by("organisation__name"))
