"""Django's own form renderer with GOV.UK's markup: `{{ form }}` draws a whole form.

Widgets keep Django's template names (`templates/django/forms/widgets/`), so that forms we did not
write, such as allauth's, look and behave the same.
"""

from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == "django/forms/widgets/select.html":
            return select(context["widget"])
        return super().render(template_name, context, request)


def select(widget: dict[str, Any]) -> SafeString:
    """A drop-down list: written here, because drawing each option by a template took most of a page."""
    given = widget["attrs"].get("class")
    classes = f"govuk-select {given}" if given else "govuk-select"
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return SafeString(
        f'<select class="{escape(classes)}" name="{escape(widget["name"])}"'
        f"{_attributes(widget['attrs'])}>{groups}</select>"
    )


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    drawn = "".join(
        f'<option value="{escape(str(option["value"]))}"{_attributes(option["attrs"])}>'
        f"{escape(str(option['label']))}</option>"
        for option in options
    )
    return f'<optgroup label="{escape(name)}">{drawn}</optgroup>' if name else drawn


def _attributes(attributes: dict[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False and name != "class"
    )
