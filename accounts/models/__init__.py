from accounts.models.audit import AuditEvent, AuditKind
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.person import Person

__all__ = ["AuditEvent", "AuditKind", "Invitation", "Membership", "OutgoingMail", "Person"]
