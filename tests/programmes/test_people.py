"""A programme's people page: who holds what, who is invited, and by whom that may be changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from accounts.models import Invitation, Membership, OutgoingMail, Person
from accounts.roles import Role
from programmes.models import Programme, Project
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return builders.project(builders.programme("Local Vision"), place=builders.place("Dudley"))


@pytest.fixture
def programme(project: Project) -> Programme:
    return project.programme


@pytest.fixture
def staff(programme: Programme, client: Client) -> Person:
    staff = builders.staff(programme, name="Sam Staff")
    client.force_login(staff)
    return staff


def address(programme: Programme, rest: str = "") -> str:
    return f"/programmes/{programme.slug}/people/{rest}"


def answers(project: Project, **changed: Any) -> dict[str, Any]:
    return {"name": "Ina", "email": "ina@example.org", "role": Role.EVALUATOR.value} | changed


@pytest.mark.usefixtures("staff")
class TestPeople:
    def test_everyone_with_a_part_is_listed(
        self, client: Client, programme: Programme, project: Project
    ) -> None:
        builders.grant(builders.person("Ena"), Role.ENABLER, project)
        builders.grant(builders.person("Pat"), Role.PARTNER, project.place)
        builders.staff(builders.programme(), name="Elsewhere")
        page = client.get(address(programme)).content.decode()
        for words in ("Sam Staff", "Ena", "Pat", "Dudley: Older people", "Programme staff"):
            assert words in page
        assert "Elsewhere" not in page

    def test_people_are_found_by_part_of_a_name(self, client: Client, programme: Programme) -> None:
        builders.evaluator(programme, name="Eva Luator")
        page = client.get(address(programme), {"q": "uato"})
        assert [row.person_name for row in page.context["listing"].page] == ["Eva Luator"]

    def test_people_are_found_by_role_and_sorted_by_scope(
        self, client: Client, programme: Programme
    ) -> None:
        builders.evaluator(programme, name="Eva Luator")
        page = client.get(address(programme), {"role": "evaluator", "sort": "scope"})
        assert [row.person_name for row in page.context["listing"].page] == ["Eva Luator"]

    def test_the_number_of_queries_is_the_same_for_many(
        self,
        client: Client,
        programme: Programme,
        project: Project,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        client.get(address(programme))
        with django_assert_num_queries(7):
            client.get(address(programme))
        for _ in range(20):
            builders.grant(builders.person(), Role.ENABLER, project)
        with django_assert_num_queries(7):
            client.get(address(programme))
        with django_assert_num_queries(6):
            b"".join(client.get(address(programme), {"download": "csv"}).streaming_content)


@pytest.mark.usefixtures("staff")
class TestInviting:
    def test_each_role_is_described_beside_its_button(
        self, client: Client, programme: Programme
    ) -> None:
        page = client.get(address(programme, "invite/")).content.decode()
        for role in Role:
            assert (escape(role.description) in page) == role.is_granted_by_staff

    def test_an_invitation_is_sent_and_listed(
        self, client: Client, programme: Programme, project: Project
    ) -> None:
        page = client.post(address(programme, "invite/"), answers(project), follow=True)
        assert "An invitation is on its way to ina@example.org." in page.content.decode()
        assert "1 open invitation" in page.content.decode()
        assert "http://testserver/accounts/invitations/" in OutgoingMail.objects.get().text
        assert "Ina" in client.get(address(programme, "invitations/")).content.decode()

    @pytest.mark.parametrize("role", [Role.ENABLER, Role.PARTNER])
    def test_an_enabler_needs_a_project_and_a_partner_a_place(
        self, client: Client, programme: Programme, project: Project, role: Role
    ) -> None:
        scope = {Role.ENABLER: "project", Role.PARTNER: "place"}[role]
        form = answers(project, role=role.value)
        page = client.post(address(programme, "invite/"), form).content.decode()
        assert f"Select the {scope} that they" in page
        assert 'value="ina@example.org"' in page
        pk = project.pk if role == Role.ENABLER else project.place_id
        client.post(address(programme, "invite/"), form | {scope: pk})
        assert Invitation.objects.get().scope == (project if scope == "project" else project.place)

    def test_a_place_of_another_programme_is_no_choice(
        self, client: Client, programme: Programme, project: Project
    ) -> None:
        elsewhere = builders.project().place
        form = answers(project, role=Role.PARTNER.value, place=elsewhere.pk)
        page = client.post(address(programme, "invite/"), form).content.decode()
        assert "that is in the list" in page
        assert not Invitation.objects.exists()

    def test_an_operator_cannot_be_made_here(
        self, client: Client, programme: Programme, project: Project
    ) -> None:
        form = answers(project, role="operator")
        assert client.post(address(programme, "invite/"), form).context["form"].errors["role"]

    def test_nobody_invites_themselves(
        self, client: Client, programme: Programme, project: Project, staff: Person
    ) -> None:
        given = answers(project, email=staff.email)
        page = client.post(address(programme, "invite/"), given).content.decode()
        assert "This is your own e-mail address. Ask other staff" in page
        sent = builders.invitation(programme, email=staff.email)
        again = address(programme, f"invitations/{sent.pk}/send-again/")
        assert "your own e-mail address" in client.post(again, follow=True).content.decode()

    def test_what_is_missing_is_asked_for(self, client: Client, programme: Programme) -> None:
        page = client.post(address(programme, "invite/"), {}).content.decode()
        for sentence in ("Enter their full name", "Enter their e-mail address", "Select a role"):
            assert sentence in page

    def test_who_holds_the_role_is_not_invited_to_it(
        self, client: Client, programme: Programme, project: Project
    ) -> None:
        builders.evaluator(programme, email="ina@example.org")
        page = client.post(address(programme, "invite/"), answers(project)).content.decode()
        assert "ina@example.org holds this role already" in page

    def test_an_open_invitation_is_sent_again_or_withdrawn(
        self, client: Client, programme: Programme
    ) -> None:
        sent = builders.invitation(programme)
        one = address(programme, f"invitations/{sent.pk}/")
        assert "invited@example.org" in client.get(one).content.decode()
        page = client.post(f"{one}send-again/", follow=True).content.decode()
        assert "A new invitation is on its way to invited@example.org." in page
        page = client.post(f"{one}withdraw/", follow=True).content.decode()
        assert "The invitation of Ina Invited is withdrawn." in page
        assert client.get(one).status_code == 404

    def test_another_programmes_invitations_are_not_ours(
        self, client: Client, programme: Programme
    ) -> None:
        sent = builders.invitation(builders.programme())
        for rest in ("", "send-again/", "withdraw/"):
            one = address(programme, f"invitations/{sent.pk}/{rest}")
            assert client.post(one).status_code in (404, 405)


class TestTakingAway:
    def test_a_role_is_taken_away(
        self, client: Client, programme: Programme, staff: Person
    ) -> None:
        held = Membership.objects.get(person=builders.evaluator(programme, name="Eva"))
        one = address(programme, f"{held.pk}/")
        assert "Take this role away" in client.get(one).content.decode()
        page = client.post(one, follow=True).content.decode()
        assert "Eva is no longer evaluator." in page
        assert not Membership.objects.filter(pk=held.pk).exists()

    def test_the_last_member_of_staff_stays(
        self, client: Client, programme: Programme, staff: Person
    ) -> None:
        held = Membership.objects.get(person=staff)
        page = client.post(address(programme, f"{held.pk}/")).content.decode()
        assert "A programme needs at least one member of staff" in page

    def test_who_takes_their_own_role_away_goes_home(
        self, client: Client, programme: Programme, staff: Person
    ) -> None:
        builders.staff(programme)
        held = Membership.objects.get(person=staff)
        assert client.post(address(programme, f"{held.pk}/")).url == "/"


class TestHome:
    def test_staff_see_which_invitations_expired(
        self, client: Client, programme: Programme, staff: Person
    ) -> None:
        page = "/programmes/home/invitations/"
        assert "Every invitation has been accepted" in client.get(page).content.decode()
        yesterday = timezone.now() - timedelta(days=1)
        sent = builders.invitation(programme, expires_at=yesterday)
        builders.invitation(
            builders.programme(), expires_at=yesterday, name="Elsewhere", token_sha256="x"
        )
        fragment = client.get(page, headers={"HX-Request": "true"}).content.decode()
        assert address(programme, f"invitations/{sent.pk}/") in fragment
        assert "Elsewhere" not in fragment
        assert "<html" not in fragment
