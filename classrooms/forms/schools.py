"""Forms about a school: text to values, what is wrong in the reader's language."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

has_eight_digits = RegexValidator(
    r"^[0-9]{8}$", _("A school code has eight digits. Leave it empty if you have none.")
)


class SchoolForm(forms.Form):
    """One question, and a code for those who have one."""

    name = forms.CharField(
        label=_("What is the school called?"),
        max_length=120,
        help_text=_("As it is known, for example IES Triana."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    code = forms.CharField(
        label=_("School code"),
        required=False,
        help_text=_("Eight digits in Spain. It stands in the school’s official papers."),
        validators=[has_eight_digits],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
