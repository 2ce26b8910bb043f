"""What the audit trail tells of places, organisations and partnerships."""

from accounts.models import AuditKind


class PlaceEvent(AuditKind):
    CREATED = "place.created", "Place added"
    CHANGED = "place.changed", "Place changed"


class OrganisationEvent(AuditKind):
    CREATED = "organisation.created", "Organisation added"
    CHANGED = "organisation.changed", "Organisation changed"


class PartnershipEvent(AuditKind):
    CREATED = "partnership.created", "Organisation added to a place"
    CHANGED = "partnership.changed", "Part in a place changed"
