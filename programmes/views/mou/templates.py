"""The template that a programme's MOUs begin with. MOUs already begun stay as they are."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.actions.mou.templates import (
    add_template_clause,
    change_template,
    change_template_clause,
    move_template_clause,
    remove_template_clause,
    template_of,
)
from programmes.forms.mou.template import TemplateClauseForm, TemplateForm
from programmes.models import MOUTemplate, Programme, TemplateClause


def _template(request: SignedInRequest, slug: str) -> MOUTemplate:
    programme = fetch(
        request.user,
        Programme.objects.all(),
        view="programmes.view_programme",
        needs="programmes.change_mou_template",
        slug=slug,
    )
    template = template_of(programme)
    template.programme = programme
    return template


def _about(template: MOUTemplate, **context: object) -> dict[str, object]:
    return {"template": template, "programme": template.programme, **context}


def _in_list(slug: str, key: str) -> str:
    """The template's page, at the clause."""
    return f"{reverse('programmes:mou_template', args=[slug])}#clause-{key}"


@require_safe
def mou_template(request: SignedInRequest, slug: str) -> HttpResponse:
    template = _template(request, slug)
    context = _about(template, clauses=template.clauses.order_by("position"))
    return render(request, "programmes/mou/template.html", context)


@edit_page
def mou_template_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    template = _template(request, slug)
    row = to_edit(request, MOUTemplate.objects.all()).get(pk=template.pk)
    form = TemplateForm(request.POST if request.method == "POST" else None, instance=row)
    if form.through(change_template, template=template, by=request.user):
        messages.success(request, "The title was saved.")
        return redirect("programmes:mou_template", slug)
    return render(request, "programmes/mou/template_edit.html", _about(template, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
def template_clause_add(request: SignedInRequest, slug: str) -> HttpResponse:
    template = _template(request, slug)
    form = TemplateClauseForm(request.POST if request.method == "POST" else None)
    if clause := form.through(add_template_clause, template=template, by=request.user):
        messages.success(request, f"{clause.heading} was added at the end.")
        return redirect(_in_list(slug, clause.key))
    return render(request, "programmes/mou/template_clause_add.html", _about(template, form=form))


@edit_page
def template_clause_edit(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    template = _template(request, slug)
    clause = get_object_or_404(
        to_edit(request, TemplateClause.objects.all()), template=template, key=key
    )
    form = TemplateClauseForm(request.POST if request.method == "POST" else None, instance=clause)
    if form.through(change_template_clause, clause=clause, by=request.user):
        messages.success(request, f"{clause.heading} was saved.")
        return redirect(_in_list(slug, key))
    context = _about(template, form=form, clause=clause)
    return render(request, "programmes/mou/template_clause_edit.html", context)


@require_POST
def template_clause_move(request: SignedInRequest, slug: str, key: str, way: str) -> HttpResponse:
    template = _template(request, slug)
    clause = get_object_or_404(template.clauses, key=key)
    move_template_clause(clause=clause, up=way == "up", by=request.user)
    return redirect(_in_list(slug, key))


@require_http_methods(["GET", "HEAD", "POST"])
def template_clause_remove(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    template = _template(request, slug)
    clause = get_object_or_404(template.clauses, key=key)
    if request.method == "POST":
        try:
            remove_template_clause(clause=clause, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, f"{clause.heading} was removed.")
        return redirect("programmes:mou_template", slug)
    context = _about(template, clause=clause)
    return render(request, "programmes/mou/template_clause_remove.html", context)
