"""Floor 1: people, sign-in, roles, the audit trail, outgoing mail."""
