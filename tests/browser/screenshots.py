"""Takes the pictures of the README from the demonstration: `make screenshots`.

Collected by pytest only when it is named, for it writes into docs/screenshots/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import Person
from evaluation.actions.demonstration import INVENTED_PROGRAMME, seed_demonstration
from evaluation.models import CaseStudy, Heading, Section
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = Path(settings.BASE_DIR) / "docs" / "screenshots"
SIZE = {"width": 1100, "height": 800}


@dataclass(frozen=True)
class Picture:
    name: str
    part: str  # whose page it is
    address: Callable[[], str]


def _case_study() -> CaseStudy:
    return CaseStudy.objects.get(project__programme__slug=INVENTED_PROGRAMME)


def _written_section() -> Section:
    return _case_study().sections.get(heading=Heading.ENABLER)


PICTURES = [
    Picture("home", "evaluator", lambda: reverse("home")),
    Picture("programme", "staff", lambda: reverse("programmes:programme", args=["local-vision"])),
    Picture("projects", "staff", lambda: reverse("programmes:projects", args=["local-vision"])),
    Picture("case-study", "evaluator", lambda: _case_study().get_absolute_url()),
    Picture(
        "writing", "evaluator", lambda: reverse("evaluation:section", args=[_written_section().pk])
    ),
    Picture("report", "evaluator", lambda: reverse("evaluation:report", args=["local-vision"])),
    Picture("lens", "staff", lambda: reverse("programmes:lenses")),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_picture(picture: Picture, visit: Visit, page: Page) -> None:
    seed_demonstration()
    page.set_viewport_size(SIZE)
    visit.sign_in_as(Person.objects.get(email=f"{picture.part}@invented.example.org"))
    visit(picture.address())
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
