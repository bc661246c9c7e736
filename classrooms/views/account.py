"""What everybody does with the own account: passkeys, and signing out wherever one is signed in."""

from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from classrooms.access import for_signed_in, user_of
from classrooms.actions.sessions import sign_out_everywhere
from classrooms.models import Student


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """As allauth has it, but a student goes on to what there is to pull: recovery codes are for staff."""

    def get_success_url(self) -> str:
        if Student.objects.filter(user=self.request.user).exists():
            return reverse("student_home")
        return str(super().get_success_url())


@for_signed_in
@require_POST
def sign_out_all(request: HttpRequest) -> HttpResponse:
    """Ends every session of this account, this one included."""
    sign_out_everywhere(user=user_of(request), by=user_of(request))
    logout(request)
    messages.success(request, _("You are signed out on every computer."))
    return redirect("account_login")
