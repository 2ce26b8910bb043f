from django.urls import include, path

from programmes.views import imports

app_name = "programmes"
urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_create, name="import_create"),
    path("imports/template.xlsx", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_, name="import"),
    path("imports/<int:pk>/check/", imports.import_check, name="import_check"),
    path("imports/<int:pk>/save/", imports.import_save, name="import_save"),
    path("<slug:slug>/people/", include("programmes.people_urls")),
]
