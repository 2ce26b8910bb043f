"""A call: below `/programmes/<programme>/cohorts/<number>/call/`."""

from django.urls import path

from programmes.views import calls, starting

urlpatterns = [
    path("", calls.call, name="call"),
    path("apply/", starting.application_start, name="application_start"),
    path("apply/sent/", starting.application_start_sent, name="application_start_sent"),
]
