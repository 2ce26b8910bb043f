"""The word limit of a question, at exactly the limit and one beyond, whatever words and spaces are."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Person
from programmes.answers.words import SPACES
from programmes.models import Answer, Application
from tests import builders

pytestmark = pytest.mark.django_db

LIMIT = 5
WORDS = st.sampled_from(
    [
        "We",
        "\N{FAMILY}\u200d\N{HEAVY BLACK HEART}\ufe0f",
        "e\u0301tat",
        "سلام",
        "well-known",
        "£10,000",
        "—",
    ]
)
GAPS = st.text(st.sampled_from("\n\t \u00a0\u2003\u202f\u2028\ufeff"), min_size=1, max_size=3)


@st.composite
def texts(draw: st.DrawFn, words: int) -> str:
    """So many words, with spaces of every kind around them, and line ends as a browser sends them."""
    said = [draw(WORDS) + draw(GAPS) for _ in range(words)]
    return (" " + "".join(said)).replace("\n", "\r\n")


def application() -> Application:
    return builders.application(builders.call(questions=[{"word_limit": LIMIT}]))


class TestAnyWords(TestCase):
    def setUp(self) -> None:
        self.application = application()
        self.browser = Client()
        self.browser.force_login(Person.objects.get(pk=self.application.started_by_id))

    def autosaved(self, text: str) -> Any:
        address = reverse("programmes:answer_autosave", args=[self.application.pk, "q1"])
        answer = Answer.objects.filter(application=self.application).first()
        number = answer.number if answer else 0
        sent = {"answer": text, "based_on": number, "window": "w"}
        return json.loads(self.browser.post(address, sent).content)

    @given(texts(LIMIT))
    @settings(max_examples=20)
    def test_at_the_limit_it_can_be_submitted(self, text: str) -> None:
        assert self.autosaved(text)["state"] == "saved"

    @given(texts(LIMIT + 1))
    @settings(max_examples=20)
    def test_one_word_more_is_saved_and_must_be_shortened(self, text: str) -> None:
        told = self.autosaved(text)
        assert told["state"] == "wanting"
        assert f"It has {LIMIT + 1}." in told["sentence"]
        kept = Answer.objects.get(application=self.application).value
        assert kept == text.replace("\r\n", "\n")

    @given(
        st.text(
            st.sampled_from(SPACES.replace("\u2000-\u200a", "\u2000\u200a") + "\r\u200b"),
            max_size=20,
        )
    )
    @settings(max_examples=20)
    def test_only_blanks_are_no_answer(self, text: str) -> None:
        self.autosaved(text)
        page = self.browser.get(self.application.get_absolute_url()).content.decode()
        assert "Not answered" in page
