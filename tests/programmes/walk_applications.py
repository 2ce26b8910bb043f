from tests.walk import Row, World, answers


def application(world: World) -> dict[str, object]:
    return {"pk": world.application.pk}


READERS = answers(404, applicant=200, staff=200, panel_member=200, recused=404)

OWN = answers(404, applicant=200, applicant_elsewhere=200)

ROWS = [
    Row("programmes:home_applications", get=OWN),
    Row("programmes:application", application, get=READERS),
]
