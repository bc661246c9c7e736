"""Forms about one image of the school's own account: what it is for, who can pull it, whether its tags stay."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DescriptionForm(forms.Form):
    # Hub: a short description has at most 100 bytes; what is longer is shortened when it is sent.
    description = forms.CharField(label=_("What is it for?"), max_length=100, required=False)


class VisibilityForm(forms.Form):
    """The box is ticked by who has read what it means."""

    understood = forms.BooleanField(
        label=_("I have read what this means."),
        error_messages={"required": _("Tick the box when you have read it.")},
    )
