"""Every room's addresses under its own name."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("accounts.sign_in_urls")),
    path("documents/", include("documents.urls")),
    path("places/", include("places.urls")),
    path("programmes/", include("programmes.urls")),
    path("enablers/", include("enablers.urls")),
    path("evaluation/", include("evaluation.urls")),
]
