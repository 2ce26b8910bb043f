"""What this room shows on people's home page."""

from accounts.home import panel
from accounts.roles import Role

panel("Gaps in your programmes", "programmes:home_panel", roles=[Role.STAFF])
panel("Invitations that expired", "programmes:home_invitations", roles=[Role.STAFF])
