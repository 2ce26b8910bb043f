"""What this room shows on people's home page."""

from accounts.home import panel
from accounts.roles import Role

panel("Projects without an enabler", "enablers:home_panel", roles=[Role.STAFF])
