"""Takes the pictures of the README from the demonstration: `make screenshots`.

Collected by pytest only when it is named, for it writes into docs/screenshots/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import Person
from evaluation.actions.demonstration import INVENTED_PROGRAMME
from evaluation.actions.statuses import change_status
from evaluation.models import CaseStudy, CaseStudyStatus, Heading, Section, TextVersion
from programmes.models import MOU, Call, Phase
from tests.browser.harness import Visit
from tests.evaluation.demonstrated import demonstrate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLDER = Path(settings.BASE_DIR) / "docs" / "screenshots"
SIZE = {"width": 1100, "height": 800}


@dataclass(frozen=True)
class Picture:
    name: str
    part: str  # whose page it is
    address: Callable[[], str]
    from_heading: str = ""  # where the picture begins, if not at the top
    around: str = ""  # or what stands in its middle


def _case_study() -> CaseStudy:
    return CaseStudy.objects.get(project__programme__slug=INVENTED_PROGRAMME)


def _coded_version() -> TextVersion:
    """The text from which most has been quoted."""
    versions = TextVersion.objects.filter(evidence__project__programme__slug=INVENTED_PROGRAMME)
    return versions.annotate(quoted=Count("excerpts")).order_by("-quoted", "pk")[0]


def _section_to_write() -> Section:
    """As it looks while the case study is a draft."""
    evaluator = Person.objects.get(email="evaluator@invented.example.org")
    change_status(
        case_study=_case_study(), to=CaseStudyStatus.DRAFT, by=evaluator, reason="For a picture"
    )
    return _case_study().sections.get(heading=Heading.ENABLER)


def _call(phase: Phase) -> Call:
    return Call.objects.get(cohort__programme__slug=INVENTED_PROGRAMME, phase=phase)


def _board() -> str:
    call = _call(Phase.MEETING)
    return reverse("programmes:board", args=[INVENTED_PROGRAMME, call.cohort.number])


def _clause_with_proposal() -> str:
    project = MOU.objects.get().project
    return reverse("programmes:clause", args=[project.programme.slug, project.slug, "governance"])


PICTURES = [
    Picture("home", "evaluator", lambda: reverse("home")),
    Picture("programme", "staff", lambda: reverse("programmes:programme", args=["local-vision"])),
    Picture("projects", "staff", lambda: reverse("programmes:projects", args=["local-vision"])),
    Picture(
        "coding",
        "evaluator",
        lambda: reverse("evaluation:evidence", args=[_coded_version().evidence_id]),
        from_heading="Text",
    ),
    Picture("case-study", "evaluator", lambda: _case_study().get_absolute_url()),
    Picture(
        "writing", "evaluator", lambda: reverse("evaluation:section", args=[_section_to_write().pk])
    ),
    Picture("report", "evaluator", lambda: reverse("evaluation:report", args=["local-vision"])),
    Picture("lens", "staff", lambda: reverse("programmes:lenses")),
    Picture("mou", "partner", _clause_with_proposal),
    Picture("board", "staff", _board, around="The line: 25 places above"),
    Picture(
        "application",
        "applicant",
        lambda: _call(Phase.APPLICATIONS).applications.get().get_absolute_url(),
    ),
]


@pytest.mark.usefixtures("seal_key")
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_picture(picture: Picture, visit: Visit, page: Page) -> None:
    demonstrate()
    page.set_viewport_size(SIZE)
    visit.sign_in_as(Person.objects.get(email=f"{picture.part}@invented.example.org"))
    visit(picture.address())
    if picture.from_heading:
        heading = page.get_by_role("heading", name=picture.from_heading, exact=True)
        heading.evaluate("heading => heading.scrollIntoView()")
    if picture.around:
        middle = page.get_by_text(picture.around)
        middle.evaluate("element => element.scrollIntoView({block: 'center'})")
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
