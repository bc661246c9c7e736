"""What allauth may do: who signs up, who has to confirm an address, how its mails are headed."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# Named, not imported: allauth 65 imports its stages only after its flows, and this file comes before both.
_OUR_STAGES = {
    "allauth.account.stages.EmailVerificationStage": "classrooms.confirm_address.ConfirmAddressStage",
    "allauth.mfa.stages.AuthenticateStage": "classrooms.second_factor.SecondStep",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing up is for teachers; students open their account with a code."""

    # allauth's own sentences speak otherwise than the rest of the portal.
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _(
            "This is your main address. Make another one the main address first."
        ),
        "duplicate_email": _("You have this address here already."),
        "email_password_mismatch": _("The address or the password is not right. Check both."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_code": _("This code is not right. Check each letter."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong passwords. Wait five minutes, then try again."),
        "unverified_primary_email": _("Confirm the address first, then make it the main one."),
        "username_password_mismatch": _("The user name or the password is not right. Check both."),
        "same_as_current": _("That is the same as now."),
        "rate_limited": _("Too many tries in a short time. Wait a few minutes."),
    }

    def get_login_stages(self) -> list[str]:
        return [_OUR_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def format_email_subject(self, subject: str) -> str:
        return f"Aulahub: {subject}"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"
