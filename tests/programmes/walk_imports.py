"""Importing is for operators and whoever is staff of some programme; an upload is its uploader's alone."""

from django.utils import timezone

from programmes.models import ProgrammeImport
from tests.walk import Kind, Row, World, answers

MAY_IMPORT = answers(404, any_staff=200, operator=200)
UPLOADERS = answers(404, staff=200)
POSTED = answers(404, staff=302)


def furnish(world: World) -> None:
    staff = world.people[Kind.STAFF]
    world.extra.programme_import = ProgrammeImport.objects.create(
        file_name="programme.xlsx",
        uploaded_by=staff,
        uploaded_by_name=str(staff),
        checked_at=timezone.now(),
        fault_count=1,
        faults=[{"sheet": "places", "row": 3, "column": "region", "sentence": "Fill it in."}],
        warnings=[{"sheet": "places", "row": 0, "column": "", "sentence": "Look at it."}],
        counts=[{"what": "places", "created": 1, "changed": 2, "same": 3}],
    )


def upload(world: World) -> dict[str, object]:
    return {"pk": world.extra.programme_import.pk}


ROWS = [
    Row("programmes:imports", get=MAY_IMPORT),
    Row("programmes:import_create", get=MAY_IMPORT, post=MAY_IMPORT),
    Row("programmes:import_template", get=MAY_IMPORT),
    Row("programmes:import", upload, get=UPLOADERS),
    Row("programmes:import_check", upload, post=POSTED),
    Row("programmes:import_save", upload, post=POSTED),
]
