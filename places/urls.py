from django.urls import path

from places.views import organisations, partnerships, places

app_name = "places"
urlpatterns = [
    path("", places.places, name="places"),
    path("new/", places.place_create, name="place_create"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.organisation_create, name="organisation_create"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<slug:slug>/edit/", organisations.organisation_edit, name="organisation_edit"
    ),
    path("partnerships/<int:pk>/edit/", partnerships.partnership_edit, name="partnership_edit"),
    path("<slug:slug>/", places.place, name="place"),
    path("<slug:slug>/edit/", places.place_edit, name="place_edit"),
    path(
        "<slug:slug>/organisations/new/", partnerships.partnership_create, name="partnership_create"
    ),
]
