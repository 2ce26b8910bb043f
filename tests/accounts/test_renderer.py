"""Fields that are not drawn by templates."""

from django import forms

from accounts.forms.renderer import FormRenderer
from accounts.forms.wording import Described, Form
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


def test_lines_of_text_keep_what_was_typed() -> None:
    widget = forms.TextInput({"class": "wide", "maxlength": 9})
    assert widget.render("field", '<"', renderer=FormRenderer()) == (
        '<input class="govuk-input wide" type="text" name="field" value="&lt;&quot;" maxlength="9">'
    )


def test_numbers_are_typed_with_a_numeric_keyboard_but_may_be_anything() -> None:
    drawn = forms.NumberInput({"min": 0, "step": "any"}).render("n", 0, renderer=FormRenderer())
    assert drawn == (
        '<input class="govuk-input govuk-input--width-5" type="text" inputmode="decimal"'
        ' name="n" value="0">'
    )


def test_addresses_and_dates_are_drawn_as_what_they_are() -> None:
    address = forms.EmailInput().render("to", "a@b.org", {"id": "i"}, renderer=FormRenderer())
    assert address == (
        '<input class="govuk-input" type="email" spellcheck="false" name="to" value="a@b.org" id="i">'
    )
    assert forms.DateInput().render("on", "1 May", renderer=FormRenderer()) == (
        '<input class="govuk-input govuk-input--width-10" type="text" name="on" value="1 May">'
    )


def test_a_text_keeps_its_first_line_break() -> None:
    drawn = forms.Textarea({"rows": 3}).render("t", "\n</textarea>", renderer=FormRenderer())
    assert drawn == (
        '<textarea class="govuk-textarea" name="t" rows="3">\n\n&lt;/textarea&gt;</textarea>'
    )
    assert ">\n</textarea>" in forms.Textarea().render("t", None, renderer=FormRenderer())


def test_hidden_fields_have_no_value_rather_than_none() -> None:
    drawn = forms.HiddenInput().render("n", None, {"id": "i"}, renderer=FormRenderer())
    assert drawn == '<input type="hidden" name="n" id="i">'


def test_options_have_a_hint_and_a_group() -> None:
    options = [("<Lens>", [("a", Described("A&B", "Means <this>"))]), ("b", "B")]
    drawn = forms.RadioSelect({"id": "i"}, choices=options).render(
        "field", "a", renderer=FormRenderer()
    )
    assert 'class="govuk-radios" data-module="govuk-radios" id="i"' in drawn
    assert 'font-weight-bold">&lt;Lens&gt;</p>' in drawn
    assert 'type="radio" name="field" value="a" aria-describedby="i_0_0_hint"' in drawn
    assert '<label class="govuk-label govuk-radios__label" for="i_0_0">A&amp;B</label>' in drawn
    assert 'id="i_0_0_hint">Means &lt;this&gt;</div>' in drawn
    assert drawn.count("aria-describedby") == drawn.count(" checked") == 1


def test_checkboxes_are_not_each_marked_invalid() -> None:
    widget = forms.CheckboxSelectMultiple({"id": "i", "aria-invalid": "true"}, choices=[("a", "A")])
    drawn = widget.render("field", [], renderer=FormRenderer())
    assert 'type="checkbox" name="field" value="a"' in drawn
    assert "aria-invalid" not in drawn


class Sample(Form):
    name = forms.CharField(label="<Name>", help_text="Given & family", max_length=3)
    agreed = forms.BooleanField(label="I agree", help_text="You may <not>", required=False)
    parts = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)


def test_a_field_has_its_label_its_hint_and_what_is_wrong_with_it() -> None:
    drawn = Sample({"name": "<long>"})["name"].as_field_group()
    assert drawn.startswith('<div class="govuk-form-group govuk-form-group--error"><label')
    assert 'for="id_name">&lt;Name&gt;</label>' in drawn
    assert '<div class="govuk-hint" id="id_name_helptext">Given &amp; family</div>' in drawn
    assert '<div id="id_name_error"><p class="govuk-error-message">' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn


def test_what_is_wrong_is_escaped() -> None:
    form = Sample({})
    form.add_error("agreed", "Not <so>")
    assert "</span> Not &lt;so&gt;</p></div>" in form["agreed"].as_field_group()


def test_a_checkbox_that_stands_alone_has_its_label_behind_it() -> None:
    drawn = Sample()["agreed"].as_field_group()
    assert drawn.index("<input") < drawn.index('for="id_agreed">I agree</label>')
    assert 'govuk-checkboxes__hint" id="id_agreed_helptext">You may &lt;not&gt;</div>' in drawn
    assert "error" not in drawn


def test_radio_buttons_stand_in_a_fieldset_that_says_if_they_are_optional() -> None:
    assert '<fieldset class="govuk-fieldset"><legend' in Sample()["parts"].as_field_group()
    assert ">Parts (optional)</legend>" in Sample()["parts"].as_field_group()
