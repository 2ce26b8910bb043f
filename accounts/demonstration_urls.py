"""Included by the roof in a demonstration, and nowhere else."""

from django.urls import path

from accounts.views.demonstration import demonstration

app_name = "accounts_demonstration"
urlpatterns = [path("", demonstration, name="demonstration")]
