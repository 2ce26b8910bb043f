"""What came of an import, on a small screen."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from programmes.models import ProgrammeImport
from tests import builders
from tests.browser.harness import HEIGHT, NARROW, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHAT = ("programmes", "organisations", "partnerships", "new versions of texts", "invitations")
COUNTED = {"created": 12_345, "changed": 12_345, "same": 12_345}


def test_every_count_is_seen_at_320_pixels(page: Page, visit: Visit) -> None:
    staff = builders.staff(builders.programme())
    checked = ProgrammeImport.objects.create(
        file_name="programme.xlsx",
        uploaded_by=staff,
        checked_at=timezone.now(),
        counts=[{"what": what, **COUNTED} for what in WHAT],
    )
    visit.sign_in_as(staff)
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    visit("programmes:import", pk=checked.pk)
    table = page.get_by_role("region", name="What is in the file")
    expect(table.get_by_role("columnheader", name="As they were")).to_be_in_viewport(ratio=1)
    assert table.evaluate("region => region.scrollWidth <= region.clientWidth")
