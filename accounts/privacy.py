"""What this room, and the packages that sign people in, hold about people."""

from accounts.actions.mail import forget_old_texts
from accounts.actions.retention import (
    delete_closed_invitations,
    delete_expired_sessions,
    delete_old_mail,
)
from accounts.personal import ACCOUNT, RECORD, WHO, Held, Term, declare

YOU = "Who you are"
SIGN_IN = "How you sign in"
INVITATIONS = "Invitations"
MAIL = "E-mails we send you"
AUDIT = "The audit trail"

TWELVE_HOURS = Term(
    "Until you sign out, or 12 hours; then deleted within a day", delete_expired_sessions
)
CLOSED = Term(
    "Until 90 days after it was accepted or withdrawn, or expired", delete_closed_invitations
)
MAILED = Term("90 days", delete_old_mail)
TEXT = Term("30 days; a code or a link until it is sent", forget_old_texts)

declare(
    "accounts.Person",
    YOU,
    name=Held("Your name", "To show others who does what", RECORD),
    email=Held("Your e-mail address", "To know you when you sign in, and to write to you", RECORD),
    last_login=Held(
        "When you last signed in", "To find accounts that nobody uses any more", ACCOUNT
    ),
    joined_at=Held("When you joined", "To know how long you have had access", RECORD),
    is_active=Held("Whether you may sign in", "To end access", RECORD),
    is_operator=Held("Whether you keep Placework running", "To give you what that needs", ACCOUNT),
    not_personal=["id", "is_invented"],
)
ROLE = Held(
    "Your roles, in which programme, project or place, and since when",
    "To show you what your role needs, and nothing else",
    Term("Until the role is taken away; the audit trail still tells of it"),
)
declare(
    "accounts.Membership",
    YOU,
    person=ROLE,
    role=ROLE,
    scope_type=ROLE,
    scope_id=ROLE,
    scope=ROLE,
    granted_at=ROLE,
    granted_by=WHO,
    not_personal=["id"],
)

ADDRESS = Held(
    "Your e-mail address, and that it is yours", "To send codes to the right person", ACCOUNT
)
declare(
    "account.EmailAddress",
    SIGN_IN,
    user=ADDRESS,
    email=ADDRESS,
    verified=ADDRESS,
    primary=ADDRESS,
    not_personal=["id"],
)
declare(
    "account.EmailConfirmation",
    SIGN_IN,
    not_personal=["id", "email_address", "created", "sent", "key"],  # never filled
)
SECOND_STEP = Held(
    "Your passkeys, authenticator app and recovery codes, with their names and when they were used",
    "To know you, and to keep others out",
    Term("Until you remove them"),
)
declare(
    "mfa.Authenticator",
    SIGN_IN,
    user=SECOND_STEP,
    type=SECOND_STEP,
    data=SECOND_STEP,
    created_at=SECOND_STEP,
    last_used_at=SECOND_STEP,
    not_personal=["id"],
)
SESSION = Held(
    "That this browser is signed in as you (in a cookie and in our database)",
    "So that you need not sign in for each page",
    TWELVE_HOURS,
)
declare("sessions.Session", SIGN_IN, session_key=SESSION, session_data=SESSION, expire_date=SESSION)
# Signing in with your organisation keeps nothing of what it says.
declare(
    "socialaccount.SocialAccount",
    SIGN_IN,
    not_personal=["id", "user", "provider", "uid", "last_login", "date_joined", "extra_data"],
)
declare(
    "socialaccount.SocialToken",
    SIGN_IN,
    not_personal=["id", "app", "account", "token", "token_secret", "expires_at"],
)
declare(
    "socialaccount.SocialApp",
    SIGN_IN,
    not_personal=[
        "id",
        "provider",
        "provider_id",
        "name",
        "client_id",
        "secret",
        "key",
        "settings",
    ],
)

INVITED = Held(
    "The name and e-mail address to invite, and the role", "To invite you, and to know you", CLOSED
)
INVITER = Held("Who invited, accepted or withdrew, and when", "To show who let whom in", CLOSED)
declare(
    "accounts.Invitation",
    INVITATIONS,
    name=INVITED,
    email=INVITED,
    role=INVITED,
    invited_at=INVITER,
    invited_by=INVITER,
    accepted_at=INVITER,
    accepted_by=INVITER,
    withdrawn_at=INVITER,
    withdrawn_by=INVITER,
    not_personal=[
        "id",
        "scope_type",
        "scope_id",
        "scope",
        "within_type",
        "within_id",
        "within",
        "token_sha256",
        "expires_at",
    ],
)

SENT = Held("To which address we wrote what about, and when", "To find mail that got lost", MAILED)
WORDS = Held("What we wrote", "To find mail that got lost", TEXT)
declare(
    "accounts.OutgoingMail",
    MAIL,
    to=SENT,
    subject=SENT,
    queued_at=SENT,
    sent_at=SENT,
    text=WORDS,
    html=WORDS,
    error=Held("What the mail server said, if it refused", "To find mail that got lost", MAILED),
    not_personal=[
        "id",
        "status",
        "due_at",
        "message_sent_at",
        "claimed_at",
        "secret_until",
        "attempts",
    ],
)

DONE = Held(
    "Who did what, when, to what, and what was changed, names as they were then",
    "To explain later how things came to be. Nobody can change or delete it",
    RECORD,
)
declare(
    "accounts.AuditEvent",
    AUDIT,
    kind=DONE,
    at=DONE,
    by_id=DONE,
    by_name=DONE,
    subject_id=DONE,
    subject_name=DONE,
    changes=DONE,
    search=DONE,
    not_personal=["id", "subject_kind", "scope_kind", "scope_id", "request_id"],
)
