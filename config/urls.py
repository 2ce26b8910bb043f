"""Every room's addresses under its own name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from accounts.views.home import home
from config.views import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("accounts.sign_in_urls")),
    path("documents/", include("documents.urls")),
    path("places/", include("places.urls")),
    path("programmes/", include("programmes.urls")),
    path("enablers/", include("enablers.urls")),
    path("evaluation/", include("evaluation.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("accounts/demonstration/", include("accounts.demonstration_urls")))
