"""Forms of a student: the code of the first visit, name and password, the Docker ID."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.account_forms import PASSWORD_ADVICE
from classrooms.models import Student, User
from classrooms.school_forms import docker_id_is_possible

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


class DockerIdForm(forms.Form):
    """What a student is called on Docker Hub; in lower case, as Docker Hub has it."""

    docker_id = forms.CharField(
        label=gettext_lazy("Your Docker ID"),
        help_text=gettext_lazy("The name with which you sign in at Docker Hub, not your e-mail address."),
        max_length=64,
        error_messages={"required": gettext_lazy("Type your Docker ID.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student
        self.fields["docker_id"].initial = student.docker_id

    def clean_docker_id(self) -> str:
        docker_id = str(self.cleaned_data["docker_id"]).strip().lower()
        docker_id_is_possible(docker_id)
        others = Student.objects.filter(school=self.student.school_id, docker_id=docker_id).exclude(
            pk=self.student.pk
        )
        if others.exists():
            raise ValidationError(
                _("Somebody else of your school has said that this Docker ID is theirs. Check yours.")
            )
        return docker_id
