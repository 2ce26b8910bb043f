"""Django's own form renderer with GOV.UK's markup: `{{ form }}` draws a whole form.

Widgets keep Django's template names (`templates/django/forms/widgets/`), so that forms we did not
write, such as allauth's, look and behave the same. Fields, and the widgets of which a form may have
many, are drawn here: a template for each field and option took most of a page's time.
"""

from collections.abc import Callable, Collection
from html import escape
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = dict[str, Any]


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "drawn/field.html"  # a name alone: there is no such file

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        drawn = DRAWN.get(template_name.removeprefix("django/forms/widgets/"))
        if drawn is not None:
            return SafeString(drawn(context["widget"]))
        if template_name == self.field_template_name:
            return SafeString(group(context["field"]))
        if template_name == "django/forms/errors/list/default.html":
            return SafeString(errors(context["errors"]))
        return super().render(template_name, context, request)


def group(field: BoundField) -> str:
    """A field with its label, its hint and what is wrong with it."""
    classes = "govuk-form-group govuk-form-group--error" if field.errors else "govuk-form-group"
    if field.use_fieldset:
        drawn = _fieldset(field)
    elif field.widget_type == "checkbox":
        drawn = _checkbox(field)
    else:
        drawn = (
            f'<label class="govuk-label govuk-label--s" for="{field.id_for_label}">{_label(field)}'
            f"</label>{_hint(field)}{field.errors}{field}"
        )
    return f'<div class="{classes}">{drawn}</div>'


def _fieldset(field: BoundField) -> str:
    ids = field.aria_describedby
    described = f' aria-describedby="{ids}"' if ids else ""
    return (
        f'<fieldset class="govuk-fieldset"{described}>'
        f'<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{_label(field)}</legend>'
        f"{_hint(field)}{field.errors}{field}</fieldset>"
    )


def _checkbox(field: BoundField) -> str:
    """One that stands alone has its label behind it, not above."""
    return (
        f'{field.errors}<div class="govuk-checkboxes" data-module="govuk-checkboxes">'
        f'<div class="govuk-checkboxes__item">{field}'
        f'<label class="govuk-label govuk-checkboxes__label" for="{field.id_for_label}">'
        f"{conditional_escape(field.label)}</label>{_hint(field, ' govuk-checkboxes__hint')}</div></div>"
    )


def _label(field: BoundField) -> str:
    says_optional = not field.field.required and getattr(field.form, "says_optional", True)
    return conditional_escape(field.label) + (" (optional)" if says_optional else "")


def _hint(field: BoundField, classes: str = "") -> str:
    if not field.help_text:
        return ""
    hint = conditional_escape(field.help_text)
    return f'<div class="govuk-hint{classes}" id="{field.auto_id}_helptext">{hint}</div>'


def errors(wrong: ErrorList) -> str:
    """What is wrong with one field."""
    if not wrong:
        return ""
    field = getattr(wrong, "field_id", "")
    known = f' id="{field}_error"' if field else ""
    drawn = "".join(
        '<p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> '
        f"{conditional_escape(str(each))}</p>"
        for each in wrong
    )
    return f"<div{known}>{drawn}</div>"


def select(widget: Widget) -> str:
    """A drop-down list."""
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return (
        f"<select{_class('govuk-select', widget)}{_name(widget)}{_rest(widget)}>{groups}</select>"
    )


def _group(name: str | None, options: list[Widget]) -> str:
    drawn = "".join(
        f'<option value="{escape(str(option["value"]))}"{_rest(option)}>'
        f"{escape(str(option['label']))}</option>"
        for option in options
    )
    return f'<optgroup label="{escape(name)}">{drawn}</optgroup>' if name else drawn


def text(widget: Widget) -> str:
    """One line of text: words, a web address, a password."""
    return (
        f'<input{_class("govuk-input", widget)} type="{escape(widget["type"])}"{_name(widget)}'
        f"{_value(widget)}{_rest(widget)}>"
    )


def date(widget: Widget) -> str:
    """Text: a date is taken as people type it."""
    classes = _class("govuk-input", widget, usually="govuk-input--width-10")
    return f'<input{classes} type="text"{_name(widget)}{_value(widget)}{_rest(widget)}>'


def email(widget: Widget) -> str:
    return (
        f'<input{_class("govuk-input", widget)} type="email" spellcheck="false"{_name(widget)}'
        f"{_value(widget)}{_rest(widget)}>"
    )


def textarea(widget: Widget) -> str:
    """Browsers drop the first line break in it, so one of ours stands before what was typed."""
    typed = escape(str(widget["value"] or ""))
    rest = _rest(widget, but=["cols"])
    return f"<textarea{_class('govuk-textarea', widget)}{_name(widget)}{rest}>\n{typed}</textarea>"


def number(widget: Widget) -> str:
    """Text with a numeric keyboard: a number field's arrows and mouse wheel change what was typed."""
    keyboard = "decimal" if widget["attrs"].get("step") else "numeric"
    classes = _class("govuk-input", widget, usually="govuk-input--width-5")
    rest = _rest(widget, but=("min", "max", "step", "inputmode"))
    return (
        f'<input{classes} type="text" inputmode="{keyboard}"{_name(widget)}{_value(widget)}{rest}>'
    )


def hidden(widget: Widget) -> str:
    return f'<input type="hidden"{_name(widget)}{_value(widget)}{_rest(widget)}>'


def _choices(noun: str, kind: str) -> Callable[[Widget], str]:
    """Radio buttons or checkboxes, with a hint under those whose label has one."""

    def option(widget: Widget) -> str:
        id, label = escape(str(widget["attrs"].get("id", ""))), widget["label"]
        hint = getattr(label, "hint", "")
        described = f' aria-describedby="{id}_hint"' if hint else ""
        below = (
            f'<div class="govuk-hint govuk-{noun}__hint" id="{id}_hint">{escape(hint)}</div>'
            if hint
            else ""
        )
        return (
            f'<div class="govuk-{noun}__item"><input class="govuk-{noun}__input" type="{kind}"'
            f'{_name(widget)} value="{escape(str(widget["value"]))}"{described}'
            f"{_rest(widget, but=('aria-invalid',))}>"
            f'<label class="govuk-label govuk-{noun}__label" for="{id}">{escape(str(label))}</label>'
            f"{below}</div>"
        )

    def draw(widget: Widget) -> str:
        id = widget["attrs"].get("id")
        drawn = [
            (f'<p class="govuk-body govuk-!-font-weight-bold">{escape(group)}</p>' if group else "")
            + "".join(map(option, options))
            for group, options, _ in widget["optgroups"]
        ]
        known = f' id="{escape(str(id))}"' if id else ""
        classes = _class(f"govuk-{noun}", widget)
        return f'<div{classes} data-module="govuk-{noun}"{known}>{"".join(drawn)}</div>'

    return draw


def _class(own: str, widget: Widget, usually: str = "") -> str:
    given = widget["attrs"].get("class") or usually
    return f' class="{escape(f"{own} {given}" if given else own)}"'


def _name(widget: Widget) -> str:
    return f' name="{escape(widget["name"])}"'


def _value(widget: Widget) -> str:
    return "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'


def _rest(widget: Widget, but: Collection[str] = ()) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False and name != "class" and name not in but
    )


DRAWN: dict[str, Callable[[Widget], str]] = {
    "select.html": select,
    "text.html": text,
    "url.html": text,
    "password.html": text,
    "number.html": number,
    "date.html": date,
    "email.html": email,
    "textarea.html": textarea,
    "hidden.html": hidden,
    "radio.html": _choices("radios", "radio"),
    "checkbox_select.html": _choices("checkboxes", "checkbox"),
}
