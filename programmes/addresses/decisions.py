"""The decisions on a call: below `/programmes/<programme>/cohorts/<number>/decisions/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
