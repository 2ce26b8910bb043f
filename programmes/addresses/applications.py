"""What applicants come for: below `/programmes/applications/`."""

from django.urls import path

from programmes.views import applications, starting

urlpatterns = [
    path("home/", applications.home_applications, name="home_applications"),
    path(
        "start/<str:token>/",
        starting.application_start_confirm,
        name="application_start_confirm",
    ),
    path("<int:pk>/", applications.application, name="application"),
]
