"""The roof's addresses as they are in a demonstration."""

from django.urls import include, path

urlpatterns = [
    path("accounts/demonstration/", include("accounts.demonstration_urls")),
    path("", include("config.urls")),
]
