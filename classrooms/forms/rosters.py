"""Uploading a class list: the file, its year, and how it is written if the portal cannot tell."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from classrooms.forms.class_groups import year_choices
from classrooms.models import ClassGroup
from classrooms.queries.roster_confirmed import Confirmed
from classrooms.queries.roster_decisions import Decisions
from classrooms.rosters.choices import Choices
from classrooms.rosters.chosen import GROUPS, Chosen
from classrooms.rosters.comparison import ClassPlace
from classrooms.rosters.correcting import Correction

_CORRECTED = ("number", "given", "first", "second", "class")
ACCEPTED = ".csv,.txt,.tsv,.xlsx,.ods,.xml,.zip,text/csv,text/plain"

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
    """A file, or names that are pasted. `is_too_large` is said from outside: such a file does not get as far as here."""

    use_required_attribute = False  # a browser would not let go who pastes names

    file = forms.FileField(
        label=_("Class list"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose the file with the class list.")},
    )
    names = forms.CharField(
        label=_("Names"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One student a line, as “Surnames, Name”, or cells copied from a spreadsheet."),
    )
    class_group = forms.ChoiceField(
        label=_("Class of everybody in it"),
        required=False,
        help_text=_("Only if the list itself does not say it."),
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
    look = forms.BooleanField(
        label=_("Show me the columns first"),
        required=False,
        help_text=_("To say what they stand for, or where the headings are. For tables of your own."),
    )

    def __init__(
        self, *args: Any, classes: Sequence[ClassGroup] = (), is_too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("names")
        if is_too_large:
            too_large = _("The file is larger than 20 MB. Export only the list of students.")
            self.fields["file"].required = True
            self.fields["file"].error_messages["required"] = too_large
        self.class_groups = {str(one.pk): one for one in classes}
        cast(forms.ChoiceField, self.fields["class_group"]).choices = [
            ("", _("As the list says (usual)")),
            *((key, str(one)) for key, one in self.class_groups.items()),
        ]

    @property
    def data_of_list(self) -> bytes:
        """What to read: the file, or what was pasted."""
        upload = self.cleaned_data.get("file")
        return bytes(upload.read()) if upload is not None else str(self.cleaned_data["names"]).encode()

    @property
    def name_of_list(self) -> str:
        """What the list is called on the pages that follow."""
        upload = self.cleaned_data.get("file")
        return str(upload.name) if upload is not None else str(_("Pasted names"))

    @property
    def choices_of_list(self) -> Choices:
        """What the person says about it."""
        chosen = self.class_groups.get(self.cleaned_data["class_group"])
        return Choices(
            encoding=self.cleaned_data["encoding"] or None,
            unit=chosen.name if chosen else "",
            course=chosen.course if chosen else "",
            is_pasted=self.cleaned_data.get("file") is None,
        )


def confirmed_from(data: QueryDict) -> Confirmed:
    """Everything that a person answered on the page before the list is brought in."""
    return Confirmed(
        leavers=leavers_from(data),
        answers=answers_from(data),
        placements=placements_from(data),
        decisions=decisions_from(data),
        chosen=chosen_from(data),
    )


def corrections_from(data: QueryDict, places: Sequence[ClassPlace]) -> list[Correction]:
    """Lines corrected on the page, from fields `fix_12_given` and so on; `fix_12_class` is one of the places as
    "class · course", anything else leaves the class open."""
    named = {f"{place.unit} · {place.course}": place for place in places}
    lines = [name.split("_")[1] for name in data if name.startswith("fix_") and name.endswith("_given")]
    found = []
    for line in filter(_is_number, lines):
        sent = {name: str(data.get(f"fix_{line}_{name}", "")) for name in _CORRECTED}
        place = named.get(sent["class"], ClassPlace("", ""))
        names = (sent["given"], sent["first"], sent["second"])
        found.append(Correction(int(line), sent["number"], *names, place.unit, place.course))
    return found


def chosen_from(data: QueryDict) -> Chosen:
    """What is not wanted. `shown` names the groups that had a box and `group` those that are ticked; `boxes_new` has the
    numbers of the boxes in the group, `take_new` those that are ticked. Without boxes a group is wanted whole or not."""
    ticked = data.getlist("group")
    left_out: dict[str, frozenset[int] | None] = {}
    for name in set(data.getlist("shown")) & set(GROUPS):
        boxes, taken = data.get(f"boxes_{name}"), _numbers(data.getlist(f"take_{name}"))
        if boxes is None:
            left_out |= {} if name in ticked else {name: None}
        else:
            left_out[name] = _numbers(str(boxes).split()) - (taken if name in ticked else frozenset())
    return Chosen(left_out)


def _numbers(texts: Iterable[str]) -> frozenset[int]:
    return frozenset(int(text) for text in texts if _is_number(text))


def leavers_from(data: QueryDict) -> set[int]:
    """Enrolments that the person ticked as left; what is no number was not made by the page."""
    return set(_numbers(data.getlist("left")))


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


def decisions_from(data: QueryDict) -> Decisions:
    """Who is meant, from fields `who_12` ("new" or an id), and which class, from `listed_unit_1`, `listed_course_1` and
    `listed_means_1` ("new", "out" or an id). What is blank was not answered."""
    sent = {name: str(value) for name, value in data.items()}
    people = {name.removeprefix("who_"): value for name, value in sent.items() if name.startswith("who_")}
    numbers = [name.removeprefix("listed_unit_") for name in sent if name.startswith("listed_unit_")]
    classes = {
        ClassPlace(sent[f"listed_unit_{number}"], sent.get(f"listed_course_{number}", "")): sent.get(
            f"listed_means_{number}", ""
        )
        for number in numbers
    }
    return Decisions(
        people={int(line): value for line, value in people.items() if _is_number(line) and value},
        classes=classes,
    )


def words_from(data: QueryDict) -> dict[str, str]:
    """The table of words: `word_3` means `means_3` ("active", "left", "" to be asked) and usually `usual_3`, which is
    not kept as an answer of the school. A word beyond 60 characters is none."""
    sent = {name: str(value).strip() for name, value in data.items()}
    words = {}
    for name, word in sent.items():
        number = name.removeprefix("word_")
        if name.startswith("word_") and word and len(word) <= 60:
            means = sent.get(f"means_{number}", "")
            words[word] = "" if means == sent.get(f"usual_{number}", "") else means
    return words
