"""Forms about accounts: a teacher signs up, anybody signs in."""

from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm, SignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].widget.attrs["autocapitalize"] = "none"


class AddAddressForm(AddEmailForm):  # type: ignore[misc]
    """Another address of a teacher. Of students none is kept, and one typed wrong would lock them out."""

    def clean_email(self) -> str:
        if Student.objects.filter(user=self.user).exists():
            raise ValidationError(_("Students need no e-mail address here, so none is kept."))
        return str(super().clean_email())


def _say(field: forms.Field, label: str, help_text: str) -> None:
    """Words of ours; a placeholder vanishes while it is needed."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


def _ask(field: forms.Field, words: str) -> None:
    field.error_messages["required"] = words
