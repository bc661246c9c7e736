"""A second proof of who somebody is, for staff: an app's code or a passkey. Each may, a school may ask for it."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classrooms.actions.resealing import SECOND_FACTOR
from classrooms.models import Student, TeacherRole, User
from classrooms.sealing import seal, unseal

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of apps and recovery codes are sealed like every other secret."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Type the one that the app shows now."),
        "unverified_email": _("Confirm your e-mail address first."),
        "add_email_blocked": _("Switch the second factor off before you add an address."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, SECOND_FACTOR)

    def get_totp_issuer(self) -> str:
        return "Aulahub"

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Asks staff who have a second factor for it.

    A student's passkey is a way in beside the password, not after it: at the school's computers there is none.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if Student.objects.filter(user=self.login.user).exists() and not _is_staff(self.login.user):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


def needs_second_factor(user: User) -> bool:
    """Whether a school of today asks for a second factor that the person has not set up."""
    roles = TeacherRole.objects.current().filter(user=user, school__requires_second_factor=True)
    return roles.exists() and not Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def _is_staff(user: User | None) -> bool:
    return TeacherRole.objects.current().filter(user=user).exists()
