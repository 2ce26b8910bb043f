"""What staff, panel members, evaluators and enablers belong to."""

from django.urls import reverse

from accounts.scopes import scope_kind
from programmes.models import Application, Programme, Project

scope_kind(
    "programmes.programme",
    "programme",
    Programme.objects.all,
    address=lambda programme: reverse("programmes:programme", args=[programme.slug]),
)
scope_kind(
    "programmes.project",
    "project",
    lambda: Project.objects.select_related("place", "programme"),
    address=lambda project: reverse(
        "programmes:project", args=[project.programme.slug, project.slug]
    ),
)
scope_kind(
    "programmes.application",
    "application",
    lambda: Application.objects.select_related("call"),
    address=lambda application: reverse("programmes:application", args=[application.pk]),
)
