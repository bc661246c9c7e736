"""Forms of who marks: mark and comment, more time for one student, Moodle's sheet, and what is run."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.grading_sheets.sheet import GradingSheet, NoGradingSheet, decimal_comma, read_mark
from classrooms.image_checks.machines import NAMES, Machine
from classrooms.models import Assessment

MOST = Decimal(100)
NO_SHEET = {
    "not_text": gettext_lazy("This is no text file. Take the sheet as Moodle gives it, ending in .csv."),
    "not_a_sheet": gettext_lazy(
        "This is no grading sheet of Moodle: it has no column for the full name or for the grade. In the task choose "
        "“Download grading worksheet”; where that is missing, switch “Offline grading worksheet” on in its settings."
    ),
    "empty": gettext_lazy("The sheet has no participants."),
}


class AssessForm(forms.Form):
    """Mark and comment. `version` is what was there when the page was opened."""

    mark = forms.CharField(
        label=gettext_lazy("Mark"),
        required=False,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("With comma or point, at most two places: 7,5."),
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the student"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def initial_of(cls, assessment: Assessment | None) -> dict[str, object]:
        if assessment is None:
            return {"version": 0}
        mark = "" if assessment.mark is None else decimal_comma(assessment.mark)
        return {"mark": mark, "comment": assessment.comment, "version": assessment.version}

    def clean_mark(self) -> Decimal | None:
        try:
            mark = read_mark(self.cleaned_data["mark"])
        except ValueError as problem:
            raise ValidationError(_("Write a number with at most two places, for example 7,5.")) from problem
        if mark is not None and mark > MOST:
            raise ValidationError(_("A mark is at most 100."))
        return mark


class ExtensionForm(forms.Form):
    """Until when one student may hand in without being late."""

    due_at = forms.DateTimeField(
        label=gettext_lazy("Until when?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy(
            "What was handed in late until then counts as in time. The others see nothing."
        ),
    )

    def __init__(self, *args: Any, due_at: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._general = due_at

    def clean_due_at(self) -> datetime:
        at = cast(datetime, self.cleaned_data["due_at"])
        if self._general and at < self._general:
            raise ValidationError(
                _("That is before the class’s own date, %(date)s.")
                % {"date": timezone.localtime(self._general).strftime("%d/%m/%Y %H:%M")}
            )
        return at


class SheetForm(forms.Form):
    """Moodle's grading sheet as it was downloaded."""

    sheet = forms.FileField(
        label=gettext_lazy("Moodle’s grading sheet"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_sheet(self) -> GradingSheet:
        uploaded = self.cleaned_data["sheet"]
        self.content: bytes = uploaded.read()
        try:
            return GradingSheet(self.content)
        except NoGradingSheet as problem:
            raise ValidationError(NO_SHEET[problem.code]) from problem


class RunForm(forms.Form):
    """On which computer handed-in work runs, for how long, and whether it may reach out."""

    machine = forms.ChoiceField(
        label=gettext_lazy("Your computer"),
        choices=lambda: [(one.value, _(NAMES[one])) for one in Machine],
        required=False,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("It stops by itself after how many minutes?"),
        min_value=1,
        max_value=240,
        initial=15,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    memory = forms.TypedChoiceField(
        label=gettext_lazy("Memory for each container"),
        choices=[(256, "256 MB"), (512, "512 MB"), (1024, "1 GB"), (2048, "2 GB")],
        coerce=int,
        initial=512,
    )
    reaches_out = forms.BooleanField(
        label=gettext_lazy("Let it reach the Internet and the school’s network"),
        required=False,
        help_text=gettext_lazy(
            "Only where the practice needs it: nobody has looked at what is in the images."
        ),
    )
