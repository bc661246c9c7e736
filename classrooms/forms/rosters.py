"""Uploading a class list: the file, its year, and how it is written if the portal cannot tell."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from classrooms.forms.class_groups import year_choices

# Keys of classrooms.rosters.encodings.DECODERS that a person may know.
ENCODINGS = [
    ("", _("Find out (usual)")),
    ("utf-8", "UTF-8"),
    ("windows-1252", "Windows-1252 / ISO-8859-1"),
    ("utf-16", "UTF-16"),
    ("mac-roman", "Mac Roman"),
    ("cp850", "DOS (850)"),
]


def roster_year_choices() -> list[tuple[int | str, Any]]:
    return [("", _("As the list says (usual)")), *year_choices()]


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
        choices=roster_year_choices,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Choose one only if the list does not say it. Enrolments of other years are left out."),
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


def leavers_from(data: QueryDict) -> set[int]:
    """Enrolments that the person ticked as left; what is no number was not made by the page."""
    return {int(value) for value in data.getlist("left") if _is_number(value)}


def placements_from(data: QueryDict) -> dict[int, int]:
    """The class that a person chose for a line without one, from fields `class_of_12`; "" leaves it out."""
    sent = {name.removeprefix("class_of_"): str(data[name]) for name in data if name.startswith("class_of_")}
    numbers = [(line, chosen) for line, chosen in sent.items() if _is_number(line) and _is_number(chosen)]
    return {int(line): int(chosen) for line, chosen in numbers}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def answers_from(data: QueryDict) -> dict[str, str]:
    """What words mean, from pairs of fields: `word_3` is the word, `means_3` "active", "left" or ""."""
    sent = {name: str(value) for name, value in data.items()}
    numbers = [name.removeprefix("word_") for name in sent if name.startswith("word_")]
    answered = {sent[f"word_{number}"]: sent.get(f"means_{number}", "") for number in numbers}
    return {word: state for word, state in answered.items() if state in ("active", "left")}
