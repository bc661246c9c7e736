"""Forms of a student who has a code: the code itself, then name and password."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from classrooms.forms.accounts import PASSWORD_ADVICE
from classrooms.models import User

USERNAME_RULE = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$",
    gettext_lazy(
        "Use only letters without accents, digits, “.”, “_” and “-”, with a letter or digit at both ends."
    ),
)


class CodeForm(forms.Form):
    """The code that a teacher handed out on paper, or the one on the wall."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy(
            "Eight letters and digits, on your slip of paper or on the wall, for example K7WP-3MXQ."
        ),
        max_length=20,
        error_messages={"required": gettext_lazy("Type the code from the slip of paper or the wall.")},
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class WaitingNameForm(forms.Form):
    """Who stands at the door of a class; the teacher finds them on the list."""

    given_name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Type your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    surnames = forms.CharField(
        label=gettext_lazy("Your surnames"),
        max_length=160,
        help_text=gettext_lazy("As on the class list, so that your teacher finds you."),
        error_messages={"required": gettext_lazy("Type your surnames.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _own_device() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("This device is mine: keep me signed in for two weeks"), required=False
    )


class OpenAccountForm(forms.Form):
    """What a student is called in the portal from now on, and the password, unless a passkey takes its place."""

    username = forms.CharField(
        label=gettext_lazy("Choose a user name"),
        help_text=gettext_lazy(
            "It need not be your real name. Letters without accents and digits; you sign in with it."
        ),
        min_length=3,
        max_length=30,
        error_messages={"required": gettext_lazy("Choose a user name.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        help_text=PASSWORD_ADVICE,
        strip=False,
        error_messages={"required": gettext_lazy("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    is_own_device = _own_device()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wants_passkey = self.data.get("with") == "passkey"
        self.fields["password"].required = not self.wants_passkey

    @property
    def chosen_password(self) -> str | None:
        """None where a passkey takes its place."""
        return None if self.wants_passkey else str(self.cleaned_data["password"])

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).strip().lower()
        USERNAME_RULE(username)
        return str(get_adapter().clean_username(username))

    def clean(self) -> dict[str, Any]:
        """The password must not resemble the name, so that it is looked at after it."""
        cleaned = super().clean() or {}
        password = "" if self.wants_passkey else cleaned.get("password")
        try:
            if password:
                validate_password(password, User(username=cleaned.get("username", "")))
        except ValidationError as trouble:
            self.add_error("password", trouble)
        return cleaned


class NewPasswordForm(forms.Form):
    """Another password for an account that is there. The name stands beside it and is not changed."""

    username = forms.CharField(
        label=gettext_lazy("Your user name"),
        help_text=gettext_lazy("It stays as it is; you sign in with it."),
        disabled=True,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Choose a new password"),
        help_text=PASSWORD_ADVICE,
        strip=False,
        error_messages={"required": gettext_lazy("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    is_own_device = _own_device()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["username"].initial = user.username

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password
