"""What `{{ form }}` draws: GOV.UK markup in which every reference resolves."""

import re
from datetime import date

from django import forms

from accounts.forms.wording import Described, Form


class Sample(Form):
    name = forms.CharField(label="Full name", help_text="As on a letter")
    about = forms.CharField(widget=forms.Textarea, required=False)
    sector = forms.ChoiceField(choices=[("", "Select"), ("Health", [("nhs", "NHS")])])
    role = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("staff", Described("Staff", "Runs it")), ("enabler", "Enabler")],
        help_text="One only",
    )
    roles = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, choices=[("Group", [("a", "A")]), ("b", "B")]
    )
    nothing_to_pick = forms.ChoiceField(widget=forms.RadioSelect, choices=[])
    started = forms.DateField(label="Start date")
    year = forms.IntegerField(min_value=1)
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    file = forms.FileField()
    picture = forms.FileField(widget=forms.FileInput)
    agreed = forms.BooleanField(label="I agree", help_text="You can change your mind")
    token = forms.CharField(widget=forms.HiddenInput)


def references(html: str) -> set[str]:
    """Every id that something in `html` points to."""
    listed = re.findall(r'(?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]*)"', html)
    return {id_ for ids in listed for id_ in ids.split()} | set(
        re.findall(r'href="#([^"]+)"', html)
    )


def test_every_reference_resolves_and_every_id_is_used_once() -> None:
    for form in (Sample(), Sample({})):
        html = str(form)
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        assert references(html) - set(ids) == set()


def test_each_error_stands_in_the_summary_and_beside_its_field() -> None:
    html = str(Sample({}))
    for field in Sample.base_fields:
        if field != "token" and field != "about":
            assert html.count(f'id="id_{field}_error"') == 1, field
    assert html.count("Enter the full name") == 2
    assert '<a href="#id_role_0">Select a role</a>' in html
    assert 'aria-invalid="true"' in html
    assert "Hidden field token" in html


def test_no_summary_before_anything_was_sent() -> None:
    assert "There is a problem" not in str(Sample())


def test_what_was_typed_is_kept() -> None:
    html = str(Sample({"name": "<Ada>", "role": "enabler", "roles": ["b"], "started": "soon"}))
    assert 'value="&lt;Ada&gt;"' in html
    assert re.search(r'value="enabler"[^>]*checked', html)
    assert re.search(r'value="b"[^>]*checked', html)
    assert 'value="soon"' in html


def test_a_date_is_shown_as_people_write_it() -> None:
    html = str(Sample(initial={"started": date(2026, 11, 5)})["started"])
    assert 'value="5 November 2026"' in html


def test_optional_fields_say_so() -> None:
    html = str(Sample())
    assert "About (optional)" in html
    assert "Full name (optional)" not in html


def test_a_search_does_not_say_that_its_fields_are_optional() -> None:
    class Search(Form):
        says_optional = False
        words = forms.CharField(required=False)

    assert "(optional)" not in str(Search())


def test_a_form_s_own_class_is_kept_beside_ours() -> None:
    class Narrow(Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-4"}))

    assert 'class="govuk-input govuk-input--width-4"' in str(Narrow())
