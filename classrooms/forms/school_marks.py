"""Forms for taking marks along by the school's numbers: the list that has the numbers, and what stands in the table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from classrooms.forms.carried_files import MOST_CARRIED, packed, unpacked
from classrooms.forms.rosters import ACCEPTED, ENCODINGS
from classrooms.models import ClassPractice
from classrooms.queries.school_marks import OF_EACH_PRACTICE, OF_EVERYBODY
from classrooms.rosters.numbered import Numbered

ALL_PRACTICES = "all"
USUAL_COLUMNS = ("surnames", "given_name", "class", "mark", "state")


class NumbersForm(forms.Form):
    """A class list in any format, or a column of numbers. `is_too_large`: such a file does not get as far as here."""

    use_required_attribute = False  # a browser would not let go who pastes numbers

    file = forms.FileField(
        label=_("Class list with the school’s numbers"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("As the administration exports it. It is read, and nothing of it is kept."),
        error_messages={"required": _("Choose the file with the class list, or paste the numbers.")},
    )
    numbers = forms.CharField(
        label=_("Numbers"),
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One a line, as copied from a spreadsheet; the names may stand in the next column."),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=ENCODINGS,
        required=False,
        help_text=_("Choose one only if accented letters looked wrong."),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = is_too_large or not str(self.data.get("numbers", "")).strip()
        if is_too_large:
            too_large = _("The file is larger than 20 MB. Export only the list of students.")
            self.fields["file"].error_messages["required"] = too_large


class MarksTableForm(forms.Form):
    """Which practices and columns go along. What was found in the list travels in `carried`."""

    practices = forms.ChoiceField(label=_("Marks of"), widget=forms.RadioSelect)
    columns = forms.MultipleChoiceField(
        label=_("Columns beside the number"),
        choices=[*OF_EVERYBODY.items(), *OF_EACH_PRACTICE.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one column.")},
    )
    carried = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, givens: Sequence[ClassPractice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._givens = {str(one.pk): one for one in givens}
        cast(forms.ChoiceField, self.fields["practices"]).choices = [
            (ALL_PRACTICES, _("All practices of the class")),
            *((key, str(one.practice)) for key, one in self._givens.items()),
        ]

    @property
    def givens(self) -> list[ClassPractice]:
        """The chosen ones, in the order of the class."""
        chosen = self._givens.get(self.cleaned_data["practices"])
        return [chosen] if chosen else list(self._givens.values())


def carry(listed: Sequence[Numbered]) -> str:
    """Those of a list who are in the class, as text for a hidden field; the rest of the list goes nowhere."""
    rows = [[one.line, one.identity, one.written, one.surnames, one.given_name] for one in listed]
    return packed(json.dumps(rows).encode())


def carried(text: str) -> list[Numbered] | None:
    """What `carry` made. None for anything else: the list has to be chosen again."""
    data = unpacked(text) or b""
    try:
        rows = json.loads(data) if len(data) <= MOST_CARRIED else []
        return [_numbered(*row) for row in rows] or None
    except (ValueError, TypeError, RecursionError):
        return None


def _numbered(line: int, *texts: str) -> Numbered:
    """Raises TypeError or ValueError for what `carry` does not write."""
    if not isinstance(line, int) or not all(isinstance(one, str) for one in texts):
        raise TypeError
    # Half a letter of UTF-16 is a string too, and no text: it could neither be hashed nor written into a file.
    "".join(texts).encode()
    return Numbered(line, *texts)
