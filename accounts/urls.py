from django.urls import URLPattern, URLResolver, path

from accounts.views.accessibility import accessibility
from accounts.views.account import account

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", account, name="account"),
    path("accessibility/", accessibility, name="accessibility"),
]
