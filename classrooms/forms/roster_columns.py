"""What a person says about a table: how it is written, where its headings are, what its columns stand for."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classrooms.forms.rosters import ACCEPTED, ENCODINGS, roster_year_choices
from classrooms.models import ClassGroup
from classrooms.queries.roster_words import format_words
from classrooms.rosters.choices import Choices
from classrooms.rosters.fields import FIELDS
from classrooms.rosters.known_formats import FORMAT_NAMES

# A browser trims a tab, so separators travel under a name.
SEPARATORS = {"comma": ",", "semicolon": ";", "bar": "|", "tab": "\t", "line": ""}
_SEPARATOR_NAMES = [
    ("comma", _("Comma")),
    ("semicolon", _("Semicolon")),
    ("bar", _("Bar |")),
    ("tab", _("Tab")),
    ("line", _("None: one column")),
]
NEW_CLASS = "new"


class RosterColumnsForm(forms.Form):
    """The switches beside the columns. `sheets` are those of a spreadsheet, which has neither encoding nor separator."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=ENCODINGS, required=False)
    separator = forms.ChoiceField(
        label=_("Between the columns"),
        choices=[("", _("Find out (usual)")), *_SEPARATOR_NAMES],
        required=False,
    )
    sheet = forms.CharField(label=_("Sheet"), required=False, max_length=200)
    heading_line = forms.IntegerField(
        label=_("Line of the headings"),
        required=False,
        min_value=0,
        max_value=40,
        help_text=_("0 if there are none."),
    )
    format_name = forms.ChoiceField(label=_("Format"), required=False)
    academic_year = forms.TypedChoiceField(
        label=_("Academic year"), choices=roster_year_choices, coerce=int, empty_value=None, required=False
    )
    class_group = forms.ChoiceField(
        label=_("Class of everybody in it"),
        required=False,
        help_text=_("Only if no column says it."),
    )
    class_name = forms.CharField(label=_("Name of the new class"), required=False, max_length=60)
    file = forms.FileField(
        label=_("Class list, once more"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("It is too large to be carried along, and the portal does not keep it."),
    )

    def __init__(
        self, *args: Any, classes: Sequence[ClassGroup] = (), sheets: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.class_groups = {str(one.pk): one for one in classes}
        cast(forms.ChoiceField, self.fields["class_group"]).choices = [
            ("", _("As the list says (usual)")),
            *((key, str(one)) for key, one in self.class_groups.items()),
            (NEW_CLASS, _("A new class")),
        ]
        cast(forms.ChoiceField, self.fields["format_name"]).choices = [
            ("", _("As the columns below say")),
            *((name, format_words(name)) for name in FORMAT_NAMES),
        ]
        if sheets:
            self.fields["sheet"].widget = forms.Select(choices=[(name, name) for name in sheets])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("class_group") == NEW_CLASS and not values.get("class_name", "").strip():
            self.add_error("class_name", _("Say what the new class is called."))
        return values

    def choices_of_list(self, columns: Sequence[str] | None, *, is_pasted: bool) -> Choices:
        """What the person says; a chosen format knows its columns itself."""
        values = self.cleaned_data
        chosen = self.class_groups.get(values["class_group"])
        is_new = values["class_group"] == NEW_CLASS
        separator = values["separator"]
        return Choices(
            encoding=values["encoding"] or None,
            separator=SEPARATORS[separator] if separator else None,
            heading_line=values["heading_line"],
            format_name=values["format_name"] or None,
            sheet=values["sheet"] or None,
            columns=None if values["format_name"] or columns is None else tuple(columns),
            unit=values["class_name"] if is_new else chosen.name if chosen else "",
            course=chosen.course if chosen else "",
            is_pasted=is_pasted,
        )


def columns_from(data: QueryDict) -> list[str] | None:
    """What each column stands for, from fields `column_0`, `column_1`…; None where the page was not shown yet."""
    found: list[str] = []
    while (name := f"column_{len(found)}") in data:
        value = str(data[name])
        found.append(value if value in FIELDS else "")
    return found or None


def field_choices() -> list[tuple[str, str]]:
    """What a column may stand for, in the reader's language."""
    return [("", gettext("Throw away")), *((name, gettext(label)) for name, label in FIELDS.items())]


def separator_name(separator: str) -> str:
    """Under which name a separator travels."""
    return next(name for name, one in SEPARATORS.items() if one == separator)
