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
    """The code that a teacher handed out on paper."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("Eight letters and digits on the slip of paper, for example K7WP-3MXQ."),
        max_length=20,
        error_messages={"required": gettext_lazy("Type the code from the slip of paper.")},
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class OpenAccountForm(forms.Form):
    """What a student is called in the portal from now on, and the password."""

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

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).strip().lower()
        USERNAME_RULE(username)
        return str(get_adapter().clean_username(username))

    def clean(self) -> dict[str, Any]:
        """The password must not resemble the name, so that it is looked at after it."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["username"].initial = user.username

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password
