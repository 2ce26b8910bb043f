"""The panel of a call: below `/programmes/<programme>/cohorts/<number>/panel/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
