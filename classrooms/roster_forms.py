"""Uploading a class list: the file, its year, and how it is written if the portal cannot tell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classrooms.class_forms import year_choices

ENCODINGS = [
    ("", _("Find out (usual)")),
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("iso-8859-15", "ISO-8859-15"),
    ("utf-16", "UTF-16"),
]


class RosterUploadForm(forms.Form):
    """`is_too_large` is said from outside: such a file does not get as far as here."""

    file = forms.FileField(
        label=_("Class list"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        error_messages={"required": _("Choose the file with the class list.")},
    )
    academic_year = forms.TypedChoiceField(
        label=_("Academic year"),
        choices=year_choices,
        coerce=int,
        help_text=_("Used where the list does not say it. Enrolments of other years are left out."),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=ENCODINGS,
        required=False,
        help_text=_("Choose one only if accented letters looked wrong."),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            too_large = _("The file is larger than 20 MB. Export only the list of students.")
            self.fields["file"].error_messages["required"] = too_large
