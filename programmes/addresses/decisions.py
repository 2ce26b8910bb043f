"""The decisions on a call: below `/programmes/<programme>/cohorts/<number>/decisions/`."""

from django.urls import path

from programmes.views import decisions

urlpatterns = [
    path("", decisions.decisions, name="decisions"),
]
