"""Forms of a practice: what it says, and how the classes get it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.compose_files.troubles import REASONS, ComposeRefused
from classrooms.compose_files.yaml_text import read_values
from classrooms.forms.for_classes import ForClassesForm
from classrooms.models import ClassPractice, Practice

DATES = ("visible_from", "due_at", "locked_at")


class PracticeForm(forms.Form):
    """What a practice says. Its images are asked for beside it, in forms/practice_images.py."""

    title = forms.CharField(
        label=gettext_lazy("What is the practice called?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=gettext_lazy("What is to be done?"),
        max_length=50_000,
        required=False,
        help_text=gettext_lazy(
            "Markdown: # heading, **bold**, - list, `command`. Pictures and HTML are left out."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    compose = forms.CharField(
        label=gettext_lazy("A compose file, where the images run together"),
        required=False,
        help_text=gettext_lazy(
            "Students get it as it is. Left empty, one is made from the images and their ports."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "code"}),
    )
    hand_in_way = forms.ChoiceField(
        label=gettext_lazy("How is it handed in?"),
        choices=Practice.Way.choices,
        initial=Practice.Way.NONE,
        help_text=gettext_lazy(
            "In the student’s own account it costs nothing and needs no seat. In the school’s account every student "
            "takes a paid seat of the organization (only in classes whose students are members); with a repository for "
            "each, the portal also makes a repository and a team for each. A file needs no account at all, and room on "
            "the portal’s disk. Whoever has no account can always hand in a file."
        ),
        widget=forms.RadioSelect,
    )
    takes_compose = forms.BooleanField(label=gettext_lazy("A compose file is handed in too"), required=False)
    is_exam = forms.BooleanField(
        label=gettext_lazy("Exam: nothing of it is to be found before its minute"),
        required=False,
        help_text=gettext_lazy(
            "Neither on a page nor in a script nor by its address. It needs a date and time to be visible from."
        ),
    )

    def clean_compose(self) -> str:
        text = cast(str, self.cleaned_data["compose"]).replace("\r\n", "\n").strip()
        if text:
            try:
                read_values(text)
            except ComposeRefused as refusal:
                told = [_(REASONS[trouble.code]) % trouble.facts for trouble in refusal.troubles]
                raise ValidationError(told) from refusal
        return f"{text}\n" if text else ""


class DatesForm(forms.Form):
    """From when it is seen, until when it is due, and from when nothing is taken any more."""

    visible_from = forms.DateTimeField(
        label=gettext_lazy("Visible from"),
        required=False,
        help_text=gettext_lazy("Students do not see it before. Leave it empty to show it at once."),
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy("What is handed in afterwards is marked as late."),
    )
    locked_at = forms.DateTimeField(
        label=gettext_lazy("Locked from"),
        required=False,
        help_text=gettext_lazy("Nothing is taken any more. Leave it empty to take late work for good."),
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        for name in DATES:
            self.fields[name].widget = forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        if practice.hand_in_way == Practice.Way.NONE:
            self.fields["due_at"].help_text = gettext_lazy("It moves down on the students’ page then.")
            del self.fields["locked_at"]

    def clean_visible_from(self) -> Any:
        at = self.cleaned_data["visible_from"]
        if self.practice.is_exam and at is None:
            raise ValidationError(_("An exam needs the day and time from which it may be seen."))
        return at


class GivePracticeForm(ForClassesForm, DatesForm):
    """To which classes, or to which part of one, and when."""

    publish = forms.BooleanField(
        label=gettext_lazy("It is finished: students may see it from then on"), required=False, initial=True
    )
    field_order = ("class_groups", "sub_group", *DATES, "publish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.practice.is_draft:
            del self.fields["publish"]
        current = ClassPractice.objects.current().filter(practice=self.practice)
        has_it = set(current.values_list("class_group_id", flat=True))
        self.fields["class_groups"].label_from_instance = lambda one: (  # type: ignore[attr-defined]
            _("%(class_group)s (has it already)") % {"class_group": one} if one.pk in has_it else str(one)
        )


class ClassPracticeDatesForm(DatesForm):
    """The dates of a practice in one class."""

    def __init__(self, *args: Any, class_practice: ClassPractice, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(class_practice, name) for name in DATES}
        super().__init__(*args, practice=class_practice.practice, **kwargs)
