"""What a person's row says of itself."""

import pytest
from allauth.account.adapter import get_adapter
from django.db import IntegrityError, connection, transaction

from accounts.models import Person
from accounts.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def test_an_unknown_permission_is_a_fault_and_not_a_refusal() -> None:
    with pytest.raises(KeyError, match="No permission is called"):
        builders.person().has_perm("places.veiw_register")


def test_whose_access_has_ended_may_nothing() -> None:
    operator = builders.person(is_operator=True, is_active=False)
    assert not operator.has_perm("accounts.view_undelivered_mail")


def test_one_address_is_one_person() -> None:
    builders.person(email="jo@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.person(email="JO@example.org")


def test_the_database_keeps_addresses_in_small_letters() -> None:
    builders.person()
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("UPDATE accounts_person SET email = upper(email)")


def test_what_is_held_is_read_once(django_assert_num_queries) -> None:
    programme = builders.programme()
    staff = Person.objects.get(pk=builders.staff(programme).pk)
    with django_assert_num_queries(1):
        assert staff.holds(Role.STAFF, programme)
        assert staff.scope_ids("programmes.programme") == {programme.pk}
        assert not staff.scope_ids("programmes.programme", Role.EVALUATOR)


def test_nobody_signs_up() -> None:
    assert not get_adapter().is_open_for_signup(None)


def test_rows_have_names() -> None:
    programme = builders.programme()
    invitation = builders.invitation(programme, by=builders.staff(programme, name="Sam"))
    assert str(invitation) == "Ina Invited as Evaluator"
    assert str(invitation.invited_by.memberships.get()) == "Sam as Programme staff"
