"""Forms about accounts in our own words: a teacher signs up, anybody signs in or changes the password."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangeEmailForm,
    ChangePasswordForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmPasswordResetCodeForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.actions.sessions import OWN_DEVICE, OWN_DEVICE_SECONDS
from classrooms.models import Student

PASSWORD_ADVICE = gettext_lazy(
    "At least 10 characters. Three or four words that have nothing to do with each other"
    " are good and easy to remember."
)


class TeacherSignupForm(SignupForm):  # type: ignore[misc]  # allauth has no types
    """Name, e-mail address, password; the address is confirmed with a code before the account can be used."""

    field_order = ["full_name", "email", "password1"]
    full_name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As your students and colleagues know you."),
        max_length=150,
        error_messages={"required": gettext_lazy("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("E-mail address"), _("You will get a code there."))
        _say(self.fields["password1"], _("Password"), str(PASSWORD_ADVICE))
        _ask(self.fields["email"], _("Enter your e-mail address."))
        _ask(self.fields["password1"], _("Choose a password."))

    def clean(self) -> dict[str, Any]:
        """Carry the name in the field of the account in which it is kept."""
        cleaned: dict[str, Any] = super().clean()
        return cleaned | {"first_name": cleaned.get("full_name", "")}


class SigninForm(LoginForm):  # type: ignore[misc]
    """A teacher's address or a student's name, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["login"],
            _("E-mail address or user name"),
            _("Students: the name you chose with your code."),
        )
        _say(self.fields["password"], _("Password"), "")
        _ask(self.fields["login"], _("Enter your e-mail address or user name."))
        _ask(self.fields["password"], _("Enter your password."))
        self.fields["remember"].label = _("This device is mine: keep me signed in for two weeks")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].widget.attrs["autocapitalize"] = "none"

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Remember until the session begins whose device this is: a second step may come between."""
        request.session[OWN_DEVICE] = is_own = bool(self.cleaned_data["remember"])
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        if is_own:
            # allauth has just set its own length.
            request.session.set_expiry(OWN_DEVICE_SECONDS)
        return answer


class AddAddressForm(AddEmailForm):  # type: ignore[misc]
    """Another address of a teacher. Of students none is kept, and one typed wrong would lock them out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("E-mail address"), _("You will get a code there."))
        _ask(self.fields["email"], _("Enter your e-mail address."))

    def clean_email(self) -> str:
        if Student.objects.filter(user=self.user).exists():
            raise ValidationError(_("Students need no e-mail address here, so none is kept."))
        return str(super().clean_email())


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Where the code for a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("E-mail address"), _("The one with which you sign in."))
        _ask(self.fields["email"], _("Enter your e-mail address."))


class ResetByCodeForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, once: who mistypes it asks for another code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_once(self)


class OtherPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The password of now and the one to come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Your password now"), "")
        _ask(self.fields["oldpassword"], _("Enter the password you have now."))
        _choose_once(self)


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc]
    """A password for an account that was opened with a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_once(self)


class StillYouForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Your password"), "")
        _ask(self.fields["password"], _("Enter your password."))


class MailedCodeForm(ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """The code that allows a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class AddressCodeForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that confirms an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class OtherAddressForm(ChangeEmailForm):  # type: ignore[misc]
    """Another address, where the first one was mistyped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("E-mail address"), "")
        _ask(self.fields["email"], _("Enter your e-mail address."))


def _say_code(form: forms.Form) -> None:
    _say(form.fields["code"], _("Code"), "")
    _ask(form.fields["code"], _("Enter the code from the e-mail."))


def _choose_once(form: forms.Form) -> None:
    """One field: the browser can show what was typed, and a second one only doubles the mistakes."""
    del form.fields["password2"]
    _say(form.fields["password1"], _("New password"), str(PASSWORD_ADVICE))
    _ask(form.fields["password1"], _("Choose a password."))


def _say(field: forms.Field, label: str, help_text: str) -> None:
    """Words of ours; a placeholder vanishes while it is needed."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


def _ask(field: forms.Field, words: str) -> None:
    field.error_messages["required"] = words
