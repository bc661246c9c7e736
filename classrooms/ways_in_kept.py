"""What would let somebody in after a session that a school's server began: passwords, passkeys, apps, addresses.

Whoever owns a school decides what its server says, so it may sign in any teacher of that school as long as the school
says so, and not a day longer: what stays afterwards is changed only by who proves it with something of their own.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, suspend_request
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from classrooms.models import Student

# An address too: a new password is mailed to it.
KEPT_WAYS_IN = frozenset(
    {
        *("account_email", "account_change_password", "account_set_password"),
        *("mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
        *("mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    }
)  # fmt: skip


def ask_for_own_proof(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware after that of the accounts; costs other pages nothing."""

    def answered(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    answered.process_view = _before_a_view  # type: ignore[attr-defined]
    return answered


def began_at_the_school(request: HttpRequest) -> bool:
    """Whether a school's server has said who is in this session."""
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "socialaccount" for one in records)


def _before_a_view(request: HttpRequest, *args: Any) -> HttpResponseBase | None:
    match = request.resolver_match
    if match is None or match.url_name not in KEPT_WAYS_IN or not request.user.is_authenticated:
        return None
    if not began_at_the_school(request):
        return None
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        messages.warning(request, _what_to_do(request))
        return redirect("mfa_index")
    return None if did_recently_reauthenticate(request) else suspend_request(request, ways[0]["url"])


def _what_to_do(request: HttpRequest) -> str:
    """Nobody is locked out: a code or a mail leads to a password, which the school's server knows nothing of."""
    if Student.objects.filter(user_id=request.user.pk or 0).exists():
        return _(
            "You are signed in with the account of your school. To have a password or a passkey here too, ask your"
            " teacher for a code and choose a password with it."
        )
    return _(
        "You are signed in with the account of your school. To have a password or a passkey here too, sign out and"
        " choose “Forgotten the password?”."
    )
