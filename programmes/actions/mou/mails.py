"""The mails of an MOU: each text is a template, `templates/programmes/email/mou_….txt`."""

from datetime import datetime

from django.template.loader import render_to_string

from accounts.actions import mail
from accounts.models import OutgoingMail


def write(
    to: str, subject: str, template: str, *, secret_until: datetime | None = None, **context: object
) -> OutgoingMail:
    """`secret_until`: it carries a link or a code, of use until then."""
    text = render_to_string(f"programmes/email/mou_{template}.txt", context)
    return mail.send(to=to, subject=subject, text=text, secret_until=secret_until)
