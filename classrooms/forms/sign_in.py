"""Forms about how a school's people sign in."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from classrooms.models import School, SchoolSignIn

GOOGLE_SERVER = "https://accounts.google.com"
_TENANT = re.compile(r"^https://login\.microsoftonline\.com/(?!common|organizations|consumers)[\w.-]+/v2\.0$")
_DOMAIN = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}$")


class SignInRulesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A second factor for staff, how long students stay signed in, the language of what is printed."""

    class Meta:
        model = School
        fields = ["requires_second_factor", "student_session_minutes", "language"]
        labels = {
            "requires_second_factor": _("Staff need a second factor"),
            "student_session_minutes": _("Minutes until a student who does nothing is signed out"),
            "language": _("Language of the slips"),
        }
        help_texts = {
            "requires_second_factor": _(
                "An app’s code or a passkey. Whoever has none is asked to set it up before seeing anything of the school."
            ),
            "student_session_minutes": _("At shared computers. Students may say that a device is their own."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes = self.fields["student_session_minutes"]
        minutes.validators += [MinValueValidator(5), MaxValueValidator(480)]
        minutes.widget.attrs |= {"min": 5, "max": 480}
        self.fields["language"] = forms.ChoiceField(
            required=False,
            label=self.Meta.labels["language"],
            choices=[("", _("of whoever prints them")), *settings.LANGUAGES],
        )


class SchoolSignInForm(forms.Form):
    """Where the school's accounts are. The secret is never shown again."""

    kind = forms.ChoiceField(label=_("Whose accounts?"), choices=SchoolSignIn.Kind.choices)
    server_url = forms.CharField(
        label=_("Address of the server"),
        required=False,
        max_length=300,
        help_text=_(
            "Google: leave it empty. Microsoft: https://login.microsoftonline.com/YOUR-TENANT/v2.0. Others: as its"
            " administrator says."
        ),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=300)
    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        strip=True,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It is kept sealed. Leave it empty to keep the one that is there."),
    )
    domains = forms.CharField(
        label=_("Domains of the school"),
        max_length=500,
        help_text=_("For example g.educaand.es. Several with commas."),
    )
    is_active = forms.BooleanField(label=_("People may sign in with it"), required=False)

    def __init__(self, *args: Any, sign_in: SchoolSignIn | None, **kwargs: Any) -> None:
        if sign_in is not None:
            kwargs["initial"] = {
                "kind": sign_in.kind,
                "server_url": sign_in.server_url,
                "client_id": sign_in.client_id,
                "domains": ", ".join(sign_in.domains),
                "is_active": sign_in.is_active,
            }
        super().__init__(*args, **kwargs)
        self.has_secret = sign_in is not None

    def clean_domains(self) -> list[str]:
        domains = [one.strip().lower().lstrip("@") for one in str(self.cleaned_data["domains"]).split(",")]
        if wrong := [one for one in domains if not _DOMAIN.match(one)]:
            raise ValidationError(_("“%(domain)s” is no domain.") % {"domain": wrong[0]})
        return domains

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind, server = values.get("kind"), str(values.get("server_url") or "").strip().rstrip("/")
        if kind == SchoolSignIn.Kind.GOOGLE:
            server = GOOGLE_SERVER
        elif kind == SchoolSignIn.Kind.MICROSOFT and not _TENANT.match(server):
            self.add_error(
                "server_url", _("Give the address with your own tenant: “common” would let everybody in.")
            )
        elif kind == SchoolSignIn.Kind.OIDC:
            self._look_at(server)
        if not values.get("secret") and not self.has_secret:
            self.add_error("secret", _("Give the client secret."))
        return values | {"server_url": server}

    def _look_at(self, server: str) -> None:
        schemes = ["https", "http"] if settings.SIGN_IN_SERVERS_MAY_BE_INSIDE else ["https"]
        try:
            URLValidator(schemes=schemes)(server)
        except ValidationError:
            self.add_error("server_url", _("Give the https:// address of the server."))
