"""The addresses of one programme's people."""

from django.urls import path

from programmes.views import people

urlpatterns = [
    path("", people.people, name="people"),
    path("invite/", people.invite, name="invite"),
    path("invitations/", people.invitations, name="invitations"),
    path("invitations/<int:pk>/", people.invitation, name="invitation"),
    path(
        "invitations/<int:pk>/send-again/",
        people.invitation_send_again,
        name="invitation_send_again",
    ),
    path("invitations/<int:pk>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("<int:pk>/", people.membership, name="membership"),
]
