"""What this room puts on people's home page."""

from accounts.home import panel
from accounts.roles import Role

panel("Your drafts and files", "evaluation:home_drafts", roles=[Role.EVALUATOR])
panel("Case studies", "evaluation:home_case_studies", roles=[Role.EVALUATOR])
