from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import require
from accounts.queries.mail import undelivered_mail
from accounts.requests import SignedInRequest


@require_safe
@vary_on_headers("HX-Request")
def undelivered(request: SignedInRequest) -> HttpResponse:
    """For operators: messages that were given up, and what the mail server said."""
    require(request.user, view="accounts.view_undelivered_mail")
    template = "accounts/undelivered_mail.html"
    context = {"mails": undelivered_mail(request.user)}
    return render(request, f"{template}#panel" if request.htmx else template, context)
