"""Text to values for the pages about Docker Hub; what is wrong is said in the reader's language."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubsync.models import HubAccount

# Hub: the Team plan ends at 100 people, Business has no end; nobody's school has this many.
MOST_SEATS = 5000

NAME_TROUBLES: dict[str, Promise] = {
    "empty": _("Write a name."),
    "too_short": _("A name on Docker Hub has at least 4 characters."),
    "too_long": _("A name on Docker Hub has at most 30 characters."),
    "upper_case": _("A name on Docker Hub has small letters only."),
    "characters": _(
        "A name on Docker Hub has only the letters a to z without accents and digits: no spaces, no dashes."
    ),
}


class HubNameForm(forms.Form):
    """Which account the school uses, or will make."""

    kind = forms.ChoiceField(
        label=_("What will the school use?"),
        choices=[
            (
                HubAccount.Kind.ORGANIZATION,
                _("An organization (teams and private images; Docker’s Team plan)"),
            ),
            (HubAccount.Kind.PERSONAL, _("A personal account (free; public images only, no teams)")),
        ],
        widget=forms.RadioSelect,
        initial=HubAccount.Kind.ORGANIZATION,
    )
    name = forms.CharField(
        label=_("Name on Docker Hub"),
        max_length=64,
        help_text=_("It stands in front of every image, as in %(example)s, and can never be changed.")
        % {"example": "iestriana/lamp"},
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip().lower()


class HubSeatsForm(forms.Form):
    """How many people the plan pays for."""

    seats = forms.IntegerField(
        label=_("Seats bought"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
        help_text=_(
            "How many people the plan pays for. Docker Hub does not tell the portal, so it asks you."
        ),
    )


class HubTokenForm(forms.Form):
    """An access token. What was typed is never written back into a page."""

    token = forms.CharField(
        label=_("Access token"),
        max_length=400,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Docker Hub shows it once, when it is made. It is kept sealed and never shown again."),
    )
    seats = forms.IntegerField(
        label=_("Seats bought"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
        help_text=_(
            "How many people the plan pays for. Docker Hub does not tell the portal, so it asks you."
        ),
    )
    expires_on = forms.DateField(
        label=_("The token expires on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "As chosen on Docker Hub, at most one year. The portal warns 30 days before. Leave it empty for “never”."
        ),
    )

    def __init__(self, *args: object, account: HubAccount, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if account.kind == HubAccount.Kind.PERSONAL:
            del self.fields["seats"]

    def clean_token(self) -> str:
        return str(self.cleaned_data["token"]).strip()

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(
                _("This day is over. Make a new access token and write its last day.")
            )
        if day and day > timezone.localdate() + timedelta(days=366):
            raise forms.ValidationError(
                _("Docker Hub gives a token one year at most. Write the day it shows.")
            )
        return day
