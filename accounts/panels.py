"""What this room shows on people's home page."""

from accounts.home import panel

panel("Mail that did not go out", "accounts:undelivered_mail", roles=[], operators=True)
