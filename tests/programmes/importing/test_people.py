"""People in a file are invited once, each into the role that the row names."""

import pytest

from accounts.actions.invitations import accept_invitation, withdraw_invitation
from accounts.actions.memberships import revoke_role
from accounts.models import Invitation, Membership, OutgoingMail, Person
from accounts.roles import Role
from programmes.actions.imports import Report, import_programme
from programmes.actions.uploads import invitations_at
from programmes.importing.opening import read
from programmes.importing.sheets import known_headings
from programmes.models import Programme
from tests import builders
from tests.programmes.importing import files
from tests.programmes.importing.files import Sheets, small, with_cell, workbook

pytestmark = pytest.mark.django_db

PEOPLE = [
    ["name", "E-mail", "role", "place", "cohort"],
    ["Ada Green", "Ada@example.org", "Enabler", "Dudley", None],
    ["Ben Hill", "ben@example.org", "partner", "Kent", None],
    ["Cy Dale", "cy@example.org", "Evaluator", None, None],
]
FILE = small(people=PEOPLE)


@pytest.fixture
def staff() -> Person:
    files.frame()
    return builders.staff(builders.programme(), name="Stella Staff")


def imported(
    sheets: Sheets, by: Person | None, link: str | None = "https://here.example/"
) -> Report:
    opened = read("file.xlsx", workbook(sheets), known_headings())
    return import_programme(
        opened, file_name="file.xlsx", by=by, link=invitations_at(link) if link else None
    )


def test_each_is_invited_into_their_role(staff: Person) -> None:
    assert not imported(FILE, staff).faults
    assert {(row.email, row.role, str(row.scope)) for row in Invitation.objects.all()} == {
        ("ada@example.org", "enabler", "Dudley: Ageing"),
        ("ben@example.org", "partner", "Kent"),
        ("cy@example.org", "evaluator", "Better Together"),
    }
    assert "https://here.example/accounts/" in OutgoingMail.objects.get(to="ada@example.org").text


def test_whoever_imports_a_new_programme_is_of_its_staff(staff: Person) -> None:
    imported(small(), staff)
    assert staff.holds(Role.STAFF, Programme.objects.get(name="Better Together"))


def test_nobody_invites_themselves(staff: Person) -> None:
    staff_row = ["Stella", staff.email, "Programme staff", None, None]
    report = imported(small(people=[*PEOPLE, staff_row]), staff)  # as whoever brings it, they are
    assert files.count(report, "invitations") == (3, 0, 1)
    own = ["Stella", staff.email.upper(), "Evaluator", None, None]
    found = imported(small(people=[*PEOPLE, own]), staff).faults.shown
    assert "people, row 5, email: This is your own e-mail address." in str(found[0])


def test_nobody_is_invited_twice(staff: Person) -> None:
    imported(FILE, staff)
    assert files.count(imported(FILE, staff), "invitations") == (0, 0, 3)
    for invitation in Invitation.objects.all():
        accept_invitation(invitation=invitation)
    assert imported(FILE, staff).changes_nothing
    assert OutgoingMail.objects.count() == 3


def test_whose_role_or_invitation_was_ended_is_not_invited_again(staff: Person) -> None:
    imported(FILE, staff)
    withdraw_invitation(invitation=Invitation.objects.get(email="ben@example.org"), by=staff)
    accept_invitation(invitation=Invitation.objects.get(email="cy@example.org"))
    revoke_role(membership=Membership.objects.get(person__email="cy@example.org"), by=staff)
    report = imported(FILE, staff)
    assert report.changes_nothing
    assert [(warning.row, warning.column) for warning in report.faults.warnings] == [
        (3, "email"),
        (4, "email"),
    ]


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        (with_cell(FILE, "people", 2, 2, "ada"), "people, row 2, email: “ada” is not an e-mail address"),
        (with_cell(FILE, "people", 2, 3, "boss"), "people, row 2, role: “boss” is not a role."),
        (with_cell(FILE, "people", 2, 4, None), "people, row 2, place: Say which place this enabler"),
        (with_cell(FILE, "people", 2, 5, 2), "people, row 2, cohort: Dudley has no project in cohort 2"),
        (with_cell(FILE, "people", 3, 4, "Leeds"), "people, row 3, place: There is no place called"),
        (with_cell(FILE, "people", 4, 4, "Kent"), "people, row 4, place: This role is held in the whole"),
        (small(people=[*PEOPLE, ["A. Green", "ADA@example.org", "enabler", "Dudley", 1]]),
         "people, row 5, email: Row 2 invites them too. Delete one of them."),
    ],
)  # fmt: skip
def test_faults_are_named_and_nobody_is_invited(staff: Person, sheets: Sheets, fault: str) -> None:
    found = [str(each) for each in imported(sheets, staff).faults.shown]
    assert any(fault in line for line in found), found
    assert not Invitation.objects.exists()


def test_a_partner_belongs_to_a_place_of_the_programme(staff: Person) -> None:
    builders.place("Elsewhere")
    found = imported(with_cell(FILE, "people", 3, 4, "Elsewhere"), staff).faults.shown
    assert "Elsewhere has no project in this programme." in str(found[0])


def test_an_invitation_needs_a_sender_and_an_address(staff: Person) -> None:
    assert "Say who imports" in str(imported(FILE, None).faults.shown[0])
    assert "Say at which address" in str(imported(FILE, staff, None).faults.shown[0])
