from django.urls import path

from enablers.views import home, projects

app_name = "enablers"
urlpatterns = [
    path("home/", home.home_panel, name="home_panel"),
    path("projects/<int:pk>/panel/", projects.project_panel, name="project_panel"),
]
