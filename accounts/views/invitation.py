from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions.invitations import accept_invitation
from accounts.models import Invitation
from accounts.roles import Role
from accounts.secret_links import hashed
from accounts.sign_in import sign_in_by_code


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is invited to, and the button that accepts it."""
    found = Invitation.objects.filter(token_sha256=hashed(token)).first()
    if found is None or found.withdrawn_at or found.accepted_at:
        return render(request, "accounts/invitation_gone.html", {"invitation": found}, status=404)
    if found.expires_at < timezone.now():
        return render(request, "accounts/invitation_gone.html", {"invitation": found}, status=410)
    somebody_else = request.user.is_authenticated and request.user.email != found.email
    fault = ""
    if request.method == "POST" and not somebody_else:
        try:
            return accept(request, found)
        except ValidationError as refusal:
            fault = refusal.messages[0]
    context = {
        "invitation": found,
        "role": Role(found.role),
        "somebody_else": somebody_else,
        "fault": fault,
    }
    return render(request, "accounts/invitation.html", context)


def accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Accept, and go on to the home page, or to the code that signs in."""
    person = accept_invitation(invitation=found)
    messages.success(request, "You have accepted the invitation.")
    if request.user.is_authenticated:
        return redirect("home")
    return sign_in_by_code(request, person)
