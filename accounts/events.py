from accounts.models import AuditKind


class AccountEvent(AuditKind):
    """What can happen to people and what they hold."""

    NAME_CHANGED = "accounts.name_changed", "Changed their name"
    INVITED = "accounts.invited", "Invited a person"
    INVITATION_SENT_AGAIN = "accounts.invitation_sent_again", "Sent an invitation again"
    INVITATION_WITHDRAWN = "accounts.invitation_withdrawn", "Withdrew an invitation"
    INVITATION_ACCEPTED = "accounts.invitation_accepted", "Accepted an invitation"
    ROLE_GRANTED = "accounts.role_granted", "Granted a role"
    ROLE_REVOKED = "accounts.role_revoked", "Took a role away"
    OPERATOR_CREATED = "accounts.operator_created", "Created an operator"
    SECOND_STEP_REMOVED = "accounts.second_step_removed", "Removed a lost second step"
