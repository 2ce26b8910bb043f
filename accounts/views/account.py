from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions.people import rename_person
from accounts.forms.person import PersonForm
from accounts.queries.memberships import roles_of
from accounts.queries.second_factor import authenticators_of
from accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """A person's own page: name, roles, and how they sign in."""
    person = request.user
    sending = request.method == "POST"
    form = PersonForm(request.POST if sending else None, initial={"name": person.name})
    if form.is_valid():
        rename_person(person=person, name=form.cleaned_data["name"], by=person)
        messages.success(request, "Your name is changed.")
        return redirect("accounts:account")
    return render(
        request,
        "accounts/account.html",
        {
            "form": form,
            "person": person,
            "roles": roles_of(person),
            "authenticators": authenticators_of(person),
        },
    )
