"""What staff, panel members, evaluators and enablers belong to."""

from accounts.scopes import scope_kind
from programmes.models import Programme, Project

scope_kind("programmes.programme", "programme", Programme.objects.all)
scope_kind(
    "programmes.project", "project", lambda: Project.objects.select_related("place", "programme")
)
