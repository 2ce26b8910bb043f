"""Invitations: e-mailed with a secret link, bound to the address, of use once and for a while.

We keep the link's hash alone. Whoever follows it can accept for the invited address, and signs in
by a code to that address: the link by itself opens no account.
"""

import secrets
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.actions import mail
from accounts.actions.audit import record
from accounts.actions.memberships import check_scope, grant_role, scope_of
from accounts.actions.people import person_with_address
from accounts.events import InvitationEvent
from accounts.models import Invitation, Membership, Person
from accounts.queries.invitations import open_invitations
from accounts.roles import Role
from accounts.secret_links import Link, hashed

OF_USE_FOR = timedelta(days=14)
OWN_ADDRESS = "This is your own e-mail address. Ask other staff, or an operator, to invite you"


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: Role,
    scope: models.Model,
    by: Person,
    link: Link,
    within: models.Model | None = None,
) -> Invitation:
    """Invite whoever has this address into one role. `within` is the programme whose staff invites.

    Nobody invites themselves: what a role may see or do is for somebody else to give.
    """
    check_scope(role, scope)
    if is_own(email, by):
        raise ValidationError({"email": OWN_ADDRESS})
    scope_type = ContentType.objects.get_for_model(scope)
    place = {"role": role, "scope_type": scope_type, "scope_id": scope.pk}
    if Membership.objects.filter(person__email=email, **place).exists():
        raise ValidationError({"email": f"{email.lower()} holds this role already"})
    if open_invitations().filter(email=email, **place).exists():
        raise ValidationError(
            {"email": f"{email.lower()} has been invited to this role already. Send that one again"}
        )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        token_sha256=hashed(token),
        invited_by=by,
        expires_at=_expiry(),
        within=within,
        **place,
    )
    _send(invitation, link(token))
    _tell(InvitationEvent.SENT, invitation, by)
    return invitation


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: Person, link: Link) -> Invitation:
    """A new link, and more time; the link that was sent before is of no use any more."""
    invitation = _locked(invitation)
    if is_own(invitation.email, by):
        raise ValidationError(OWN_ADDRESS)
    token = secrets.token_urlsafe(32)
    invitation.token_sha256 = hashed(token)
    invitation.expires_at = _expiry()
    invitation.invited_by = by  # who now stands for it
    invitation.save(update_fields=["token_sha256", "expires_at", "invited_by"])
    _send(invitation, link(token))
    _tell(InvitationEvent.SENT_AGAIN, invitation, by)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person) -> Invitation:
    """The link is of no use any more."""
    invitation = _locked(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.withdrawn_by = by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _tell(InvitationEvent.WITHDRAWN, invitation, by)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation) -> Person:
    """Make the person, if we do not know them, and give them the role. Once."""
    invitation = _locked(invitation)
    if invitation.expires_at < timezone.now():
        raise ValidationError("This invitation has expired. Ask for it to be sent again.")
    if not _is_vouched_for(invitation):
        raise ValidationError(
            "Whoever invited you may no longer invite people. Ask the staff of the programme to"
            " send the invitation again."
        )
    person = person_with_address(email=invitation.email, name=invitation.name)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _tell(InvitationEvent.ACCEPTED, invitation, person)
    grant_role(
        person=person,
        role=Role(invitation.role),
        scope=scope_of(invitation),
        by=person,
        granted_by=invitation.invited_by,
        within=invitation.within,
    )
    return person


def is_own(email: str, person: Person) -> bool:
    return email.lower() == person.email.lower()


def _locked(invitation: Invitation) -> Invitation:
    """The row as it is now, held until the transaction ends, if it is still open."""
    row = open_invitations().select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        raise ValidationError("This invitation has been accepted or withdrawn already.")
    return row


def _is_vouched_for(invitation: Invitation) -> bool:
    """Whether who sent it may still invite: nobody leaves a way in behind."""
    inviter, programme = invitation.invited_by, invitation.within
    if not inviter.is_active:
        return False
    role = Role(invitation.role)
    if not role.is_granted_by_staff:  # whoever holds it invites others into it
        return inviter.holds(role, scope_of(invitation))
    return inviter.is_operator or programme is None or inviter.holds(Role.STAFF, programme)


def _expiry() -> datetime:
    return timezone.now() + OF_USE_FOR


def _send(invitation: Invitation, address: str) -> None:
    context = {"invitation": invitation, "role": Role(invitation.role), "address": address}
    mail.send(
        to=invitation.email,
        subject=render_to_string("accounts/email/invitation_subject.txt", context),
        text=render_to_string("accounts/email/invitation_message.txt", context),
        secret_until=invitation.expires_at,
    )


def _tell(event: InvitationEvent, invitation: Invitation, by: Person) -> None:
    told = {"role": ["", Role(invitation.role).label], "scope": ["", str(scope_of(invitation))]}
    record(event, by=by, subject=invitation, scope=invitation.within, changes=told)
