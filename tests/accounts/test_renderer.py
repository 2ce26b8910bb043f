"""A drop-down list, which is not drawn by a template."""

from django import forms

from accounts.forms.wording import Form
from places.models import Sector


def drawn(**options) -> str:
    class Sample(Form):
        field = forms.ChoiceField(**options)

    return str(Sample(initial={"field": "b"})["field"])


def test_what_is_selected_is_marked() -> None:
    html = drawn(choices=[("a", "A"), ("b", "B")])
    assert '<option value="a">A</option><option value="b" selected>B</option></select>' in html


def test_labels_values_and_groups_are_escaped() -> None:
    html = drawn(choices=[("<Group>", [('"', "<b>")])])
    assert (
        '<optgroup label="&lt;Group&gt;"><option value="&quot;">&lt;b&gt;</option></optgroup>'
        in html
    )


def test_attributes_are_kept() -> None:
    widget = forms.Select({"class": "wide", "disabled": True, "hidden": False, "data-x": "<1>"})
    html = drawn(choices=Sector.choices, widget=widget)
    assert 'class="govuk-select wide"' in html
    assert " disabled" in html
    assert 'data-x="&lt;1&gt;"' in html
    assert "hidden" not in html
