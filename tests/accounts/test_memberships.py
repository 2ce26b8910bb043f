"""Roles granted and taken away."""

import pytest
from django.core.exceptions import ValidationError

from accounts.actions.memberships import grant_role, revoke_role
from accounts.models import AuditEvent, Membership
from accounts.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_role_is_granted_once_and_told() -> None:
    project = builders.project()
    ena, staff = builders.person("Ena"), builders.staff(project.programme)
    assert not ena.holds(Role.ENABLER, project)
    for _ in range(2):
        grant_role(person=ena, role=Role.ENABLER, scope=project, by=staff, within=project.programme)
    assert ena.holds(Role.ENABLER, project)
    [event] = AuditEvent.objects.all()
    assert event.changes == {"role": ["", "Enabler"], "project": ["", str(project)]}
    assert (event.scope_kind, event.subject_name) == ("programmes.programme", "Ena")


def test_a_role_is_taken_away_and_told() -> None:
    programme = builders.programme("Local Vision")
    eva = builders.evaluator(programme)
    assert eva.holds(Role.EVALUATOR, programme)
    held = Membership.objects.get(person=eva)
    revoke_role(membership=held, by=builders.staff(programme), within=programme)
    assert not Membership.objects.filter(person=eva).exists()
    event = AuditEvent.objects.get()
    assert event.changes == {"role": ["Evaluator", ""], "programme": ["Local Vision", ""]}


def test_the_last_member_of_staff_stays() -> None:
    programme = builders.programme()
    sam, alex = builders.staff(programme), builders.staff(programme)
    revoke_role(membership=Membership.objects.get(person=alex), by=sam)
    with pytest.raises(ValidationError, match="at least one member of staff"):
        revoke_role(membership=Membership.objects.get(person=sam), by=sam)
    assert Membership.objects.filter(person=sam).exists()


@pytest.mark.parametrize("role", Role)
def test_every_role_says_what_it_is(role: Role) -> None:
    assert role.description.endswith(".")


def test_operator_is_no_role_that_can_be_granted() -> None:
    assert "operator" not in Role.values
