"""What a programme's MOUs begin with: below `/programmes/<programme>/mou-template/`."""

from django.urls import path, re_path

from programmes.views.mou import templates

urlpatterns = [
    path("", templates.mou_template, name="mou_template"),
    path("edit/", templates.mou_template_edit, name="mou_template_edit"),
    path("clauses/new/", templates.template_clause_add, name="template_clause_add"),
    path("clauses/<slug:key>/", templates.template_clause_edit, name="template_clause_edit"),
    path(
        "clauses/<slug:key>/remove/",
        templates.template_clause_remove,
        name="template_clause_remove",
    ),
    re_path(
        r"^clauses/(?P<key>[-\w]+)/(?P<way>up|down)/$",
        templates.template_clause_move,
        name="template_clause_move",
    ),
]
