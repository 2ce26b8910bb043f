"""The template that a programme's MOUs begin with, and what staff change in it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.actions.rows import change, save_or_refuse
from accounts.models import Person
from accounts.slugs import unused_slug
from programmes.actions.mou.noting import note
from programmes.events import MOUEvent
from programmes.models import MOUTemplate, Programme, TemplateClause

SHIPPED = Path(__file__).resolve().parents[2] / "shipped_mous" / "default.toml"


@dataclass(frozen=True)
class ShippedClause:
    key: str
    heading: str
    text: str


def shipped() -> tuple[str, list[ShippedClause]]:
    """The title and the clauses that Placework brings."""
    content = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    clauses = [
        ShippedClause(each["key"], each["heading"], " ".join(each["text"].split("\n")).strip())
        for each in content["clauses"]
    ]
    return content["title"], clauses


@transaction.atomic
def template_of(programme: Programme) -> MOUTemplate:
    """The programme's template; the first time, as Placework ships it."""
    title, clauses = shipped()
    template, is_new = MOUTemplate.objects.get_or_create(
        programme=programme, defaults={"title": title}
    )
    if is_new:
        TemplateClause.objects.bulk_create(
            TemplateClause(
                template=template,
                key=each.key,
                position=place,
                heading=each.heading,
                text=each.text,
            )
            for place, each in enumerate(clauses, 1)
        )
    return template


@transaction.atomic
def change_template(*, template: MOUTemplate, title: str, by: Person) -> MOUTemplate:
    row = _locked(template)
    return change(row, {"title": title}, by=by, kind=MOUEvent.TEMPLATE_CHANGED, scope=row.programme)


@transaction.atomic
def add_template_clause(
    *, template: MOUTemplate, heading: str, text: str, by: Person
) -> TemplateClause:
    """At the end."""
    row = _locked(template)
    last = row.clauses.aggregate(last=Max("position"))["last"] or 0
    key = unused_slug(heading, set(row.clauses.values_list("key", flat=True)), "clause")
    clause = TemplateClause(template=row, key=key, position=last + 1, heading=heading, text=text)
    save_or_refuse(clause, {})
    note(MOUEvent.TEMPLATE_CHANGED, row, by=by, changes={"clause added": ["", heading]})
    return clause


@transaction.atomic
def change_template_clause(
    *, clause: TemplateClause, heading: str, text: str, by: Person
) -> TemplateClause:
    template = _locked(clause.template)
    row = template.clauses.get(pk=clause.pk)
    told = {
        name: [str(getattr(row, name)), new]
        for name, new in (("heading", heading), ("text", text))
        if getattr(row, name) != new
    }
    if told:
        row.heading, row.text = heading, text
        row.save(update_fields=["heading", "text"])
        note(MOUEvent.TEMPLATE_CHANGED, template, by=by, changes=told)
    return row


@transaction.atomic
def move_template_clause(*, clause: TemplateClause, up: bool, by: Person) -> None:
    """One place up or down; at the end of the list nothing happens."""
    template = _locked(clause.template)
    rows = list(template.clauses.order_by("position"))
    here = next(place for place, row in enumerate(rows) if row.pk == clause.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here].position, rows[there].position = rows[there].position, rows[here].position
    TemplateClause.objects.bulk_update([rows[here], rows[there]], ["position"])
    note(
        MOUEvent.TEMPLATE_CHANGED,
        template,
        by=by,
        changes={"clause moved": ["", rows[here].heading]},
    )


@transaction.atomic
def remove_template_clause(*, clause: TemplateClause, by: Person) -> None:
    template = _locked(clause.template)
    if template.clauses.count() == 1:
        raise ValidationError("A template needs at least one clause.")
    template.clauses.filter(pk=clause.pk).delete()
    note(
        MOUEvent.TEMPLATE_CHANGED, template, by=by, changes={"clause removed": [clause.heading, ""]}
    )


def _locked(template: MOUTemplate) -> MOUTemplate:
    rows = MOUTemplate.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=template.pk)
