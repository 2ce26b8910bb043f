"""What the audit trail tells of people and of what they may do."""

from accounts.models import AuditKind


class PersonEvent(AuditKind):
    RENAMED = "person.renamed", "Person changed their name"
    OPERATOR_CREATED = "person.operator_created", "Operator added"
    ACCESS_ENDED = "person.access_ended", "Person's access ended"
    SECOND_STEP_SET_UP = "person.second_step_set_up", "Second step set up"
    SECOND_STEP_GIVEN_UP = "person.second_step_given_up", "Second step taken away by its owner"
    SECOND_STEP_REMOVED = "person.second_step_removed", "Lost second step removed"


class InvitationEvent(AuditKind):
    SENT = "invitation.sent", "Invitation sent"
    SENT_AGAIN = "invitation.sent_again", "Invitation sent again"
    WITHDRAWN = "invitation.withdrawn", "Invitation withdrawn"
    ACCEPTED = "invitation.accepted", "Invitation accepted"


class MembershipEvent(AuditKind):
    GRANTED = "membership.granted", "Role granted"
    REVOKED = "membership.revoked", "Role taken away"
