from django.urls import path

from enablers.views import projects

app_name = "enablers"
urlpatterns = [
    path("projects/<int:pk>/panel/", projects.project_panel, name="project_panel"),
]
