"""What applicants come for: below `/programmes/applications/`."""

from django.urls import path

from programmes.views import applications

urlpatterns = [
    path("<int:pk>/", applications.application, name="application"),
]
