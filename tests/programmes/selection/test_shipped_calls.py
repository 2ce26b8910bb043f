"""The Local Vision call, ready to use."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from programmes.actions.call_parts import check_question
from programmes.actions.call_versions import faults_of
from programmes.actions.calls import create_call
from programmes.actions.shipped_calls import shipped_calls
from programmes.actions.shipping import ship_lenses
from programmes.models import Call, Phase, QuestionKind
from tests import builders

pytestmark = pytest.mark.django_db


def begun() -> Call:
    ship_lenses()
    return create_call(
        cohort=builders.cohort(),
        by=builders.person(),
        title="Ours",
        places_offered=25,
        beginning="local-vision",
    )


def test_it_lacks_nothing_but_its_dates() -> None:
    draft = begun().versions.get()
    assert faults_of(draft) == []
    assert draft.funding_asked == 10_000
    supporters = draft.supporters.order_by("position")
    assert [(row.who, row.amount) for row in supporters] == [
        ("Senior sponsor", 10_000),
        ("Health and Wellbeing Board", 10_000),
    ]
    criteria = draft.criteria.select_related("dimension").order_by("position")
    assert [row.key for row in criteria] == [
        "breakthrough-issue",
        "new-ways",
        "measurable",
        "learning",
        "political-support",
    ]
    for question in draft.questions.all():
        question.full_clean()
        check_question(QuestionKind(question.kind), vars(question))


def test_every_kind_of_question_is_in_it() -> None:
    kinds = {question["kind"] for question in shipped_calls()["local-vision"].questions}
    assert kinds == set(QuestionKind.values)


def test_it_keeps_to_the_lens_as_it_was_shipped() -> None:
    ship_lenses()
    lens = builders.LensVersion.objects.get(lens__slug="local-vision-criteria").lens
    own = builders.LensVersion.objects.create(lens=lens, number=2, purpose="Ours")
    builders.Dimension.objects.create(version=own, key="other", name="Other", position=1)
    own.published_by_name = "Stella Staff"
    own.published_at = lens.versions.get(number=1).published_at
    own.save()
    assert begun().versions.get().criteria.count() == 5


def test_without_its_lens_nothing_is_begun() -> None:
    with pytest.raises(ValidationError, match="ship_lenses"):
        create_call(
            cohort=builders.cohort(),
            by=builders.person(),
            title="Ours",
            places_offered=1,
            beginning="local-vision",
        )
    assert not Call.objects.exists()


def test_staff_begin_with_it_and_announce_it(client: Client) -> None:
    ship_lenses()
    cohort = builders.cohort()
    client.force_login(builders.staff(cohort.programme))
    where = {"slug": cohort.programme.slug, "number": cohort.number}
    create = reverse("programmes:call_create", kwargs=where)
    assert "The Local Vision call" in client.get(create).content.decode()
    typed = {
        "title": "Second wave",
        "opens_at": "1 June 2026 9:00",
        "closes_at": "30 June 2030 17:00",
        "time_zone": "Europe/London",
        "places_offered": "25",
    }
    refused = client.post(create, typed | {"beginning": "nonsense"})
    assert "Select a begin with that is in the list" not in refused.content.decode()
    assert "Select what to begin with" in refused.content.decode()
    client.post(create, typed | {"beginning": "local-vision"})
    page = client.get(reverse("programmes:call_manage", kwargs=where)).content.decode()
    assert "Nothing is missing" in page
    client.post(reverse("programmes:call_phase_change", kwargs=where | {"to": "applications"}))
    assert Call.objects.get().phase == Phase.APPLICATIONS
    public = Client().get(Call.objects.get().get_absolute_url()).content.decode()
    assert "Breakthrough issue" in public
