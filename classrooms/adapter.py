"""What allauth may do: who signs up, who has to confirm an address, how its mails are headed."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from django.http import HttpRequest, HttpResponse

_ALLAUTH_STAGE = f"{EmailVerificationStage.__module__}.{EmailVerificationStage.__name__}"


class ConfirmAddressStage(EmailVerificationStage):  # type: ignore[misc]  # allauth has no types
    """A teacher confirms the address before the first sign-in; a student has none to confirm."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        # No user: somebody signs up with an address that is taken, and allauth pretends not to know it.
        if user is not None and not user.email and not EmailAddress.objects.filter(user=user).exists():
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing up is for teachers; students open their account with a code."""

    def get_login_stages(self) -> list[str]:
        ours = f"{ConfirmAddressStage.__module__}.{ConfirmAddressStage.__name__}"
        return [ours if stage == _ALLAUTH_STAGE else stage for stage in super().get_login_stages()]

    def format_email_subject(self, subject: str) -> str:
        return f"Aulahub: {subject}"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"
