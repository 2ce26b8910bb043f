"""What this room shows on people's home page."""

from accounts.home import panel
from accounts.queries.mail import withhold
from accounts.roles import Role
from programmes.queries.mail import about_what_is_closed_to

panel("Your applications", "programmes:home_applications", roles=[Role.APPLICANT])
panel("Your panels", "programmes:home_panels", roles=[Role.PANEL_MEMBER])
panel("Your memoranda of understanding", "programmes:home_mous", roles=[Role.PARTNER])
panel("Calls under way", "programmes:home_waiting", roles=[Role.STAFF])
panel("Who holds MOUs up", "programmes:home_held_up", roles=[Role.STAFF, Role.ENABLER])
panel("Gaps in your programmes", "programmes:home_panel", roles=[Role.STAFF])
panel("Invitations that expired", "programmes:home_invitations", roles=[Role.STAFF])

# Among what operators see there is mail that did not go out.
withhold(about_what_is_closed_to)
