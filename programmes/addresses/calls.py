"""A call: below `/programmes/<programme>/cohorts/<number>/call/`."""

from django.urls import path

from programmes.views import calls

urlpatterns = [
    path("", calls.call, name="call"),
]
