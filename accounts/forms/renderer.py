"""Django's own form renderer with GOV.UK's markup: `{{ form }}` draws a whole form.

Widgets keep Django's template names (`templates/django/forms/widgets/`), so that forms we did not
write, such as allauth's, look and behave the same.
"""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
