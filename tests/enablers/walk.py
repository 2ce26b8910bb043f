from tests.walk import Row, answers

ROWS = [
    Row("enablers:home_panel", get=answers(403, no_role=404, any_staff=200)),
    Row(
        "enablers:project_panel",
        lambda world: {"pk": world.project.pk},
        get=answers(404, project_members=200),
    ),
]
