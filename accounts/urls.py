from django.urls import URLPattern, URLResolver, path

from accounts.views.accessibility import accessibility
from accounts.views.account import account
from accounts.views.invitation import invitation
from accounts.views.mail import undelivered
from accounts.views.privacy import privacy

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", account, name="account"),
    path("accessibility/", accessibility, name="accessibility"),
    path("mail/undelivered/", undelivered, name="undelivered_mail"),
    path("privacy/", privacy, name="privacy"),
    path("invitations/<str:token>/", invitation, name="invitation"),
]
