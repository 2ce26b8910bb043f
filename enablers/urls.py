from django.urls import URLPattern, URLResolver

app_name = "enablers"
urlpatterns: list[URLPattern | URLResolver] = []
