"""Choosing one row of a register: a drop-down list of few, words for many."""

import pytest
from django import forms

from accounts.forms.choosing import LISTED, RowChoiceField
from accounts.forms.wording import Form
from places.models import Place
from tests import builders

pytestmark = pytest.mark.django_db


class Sample(Form):
    place = RowChoiceField(queryset=Place.objects.all())


def sent(words: object) -> Sample:
    form = Sample({"place": words})
    form.is_valid()
    return form


def test_a_plain_list_of_rows_takes_one_query(django_assert_num_queries) -> None:
    class Plain(Form):
        place = forms.ModelChoiceField(Place.objects.all())

    leeds = builders.place("Leeds")
    with django_assert_num_queries(1):
        drawn = str(Plain(initial={"place": leeds.pk}))
    assert f'<option value="{leeds.pk}" selected>Leeds</option>' in drawn


@pytest.fixture
def many() -> Place:
    """One that is called Leeds, among more than a list holds."""
    Place.objects.bulk_create(
        Place(name=f"Village {n}", slug=f"village-{n}") for n in range(LISTED + 1)
    )
    builders.place("West Leeds")
    return builders.place("Leeds")


def test_few_are_a_drop_down_list() -> None:
    leeds = builders.place("Leeds")
    assert f'<option value="{leeds.pk}">Leeds</option>' in str(Sample())
    assert sent(leeds.pk).cleaned_data["place"] == leeds
    assert "Select a place" in str(sent("Leeds").errors)


def test_many_are_found_by_words(many) -> None:
    drawn = str(Sample())
    assert "<option" not in drawn
    assert 'aria-describedby="id_place_finding"' in drawn
    assert 'id="id_place_finding"' in drawn


def test_a_whole_name_chooses(many) -> None:
    form = sent(" leeds ")
    assert form.cleaned_data["place"] == many
    assert 'value="leeds"' in str(form)


def test_part_of_a_name_offers_what_has_it(many) -> None:
    form = sent("eed")
    assert "Select which one you mean" in str(form.errors)
    assert f'<option value="={many.pk}">Leeds</option>' in str(form)
    assert "Village" not in str(form)


def test_one_of_those_offered_is_chosen_and_stays_selected(many) -> None:
    form = sent(f"={many.pk}")
    assert form.cleaned_data["place"] == many
    assert f'<option value="={many.pk}" selected>Leeds</option>' in str(form)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("village", "Enter more of the name"),
        ("Atlantis", "Check the spelling"),
        ("=9999999999999999999999", "Check the spelling"),
        ("=0", "Check the spelling"),
        ("Leeds\0x", "Check the spelling"),
        ("", "Select a place"),
    ],
)
def test_anything_else_is_refused_and_kept(many, words, sentence) -> None:
    form = sent(words)
    assert sentence in str(form.errors)
    assert "<option" not in str(form)


def test_a_number_is_words_not_an_id(many) -> None:
    assert sent(str(many.pk)).errors


def test_what_was_chosen_before_is_drawn(many) -> None:
    assert f'value="={many.pk}" selected' in str(Sample(initial={"place": many}))


def test_it_is_the_same_number_of_queries(many, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        str(Sample())
    Place.objects.filter(name__startswith="Village").delete()
    with django_assert_num_queries(1):
        str(Sample())
