from tests.walk import Row, answers

ROWS = [
    Row(
        "enablers:project_panel",
        lambda world: {"pk": world.project.pk},
        get=answers(404, project_members=200),
    ),
]
