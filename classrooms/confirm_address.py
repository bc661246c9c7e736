"""The step of signing in at which an address is confirmed."""

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class ConfirmAddressStage(EmailVerificationStage):  # type: ignore[misc]  # allauth has no types
    """A teacher confirms the address before the first sign-in; a student has none to confirm."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        # No user: somebody signs up with an address that is taken, and allauth pretends not to know it.
        if user is not None and not user.email and not EmailAddress.objects.filter(user=user).exists():
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer
