"""Forms about academic years: what goes into the new one, where a student moves, parts of a class."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.forms.row_fields import RowsField
from classrooms.models import ClassGroup, Enrolment, SubGroup, TeacherRole, User
from classrooms.queries.class_move import classes_to_move_to
from classrooms.queries.years import YearChoices, YearPlan


class NewYearForm(forms.Form):
    """Which classes are copied and archived is chosen in the table; here is the rest."""

    with_images = forms.BooleanField(
        label=gettext_lazy("Copy images and practices, with their dates a year later"), required=False
    )
    with_teachers = forms.BooleanField(
        label=gettext_lazy("Keep the teachers in the copied classes"), required=False
    )
    free_seats = forms.BooleanField(
        label=gettext_lazy("Free the seats: the new classes begin without members on Docker Hub"),
        required=False,
    )


def choices_from(data: Any, plan: YearPlan) -> YearChoices:
    """What a person ticked; ids of other classes are not among them."""
    known = {one.class_group.pk for one in plan.classes}
    ticked = {
        name: frozenset(int(value) for value in data.getlist(name) if value.isdecimal() and len(value) < 19)
        & known
        for name in ("archive", "copy")
    }
    return YearChoices(
        archive=ticked["archive"],
        copy=ticked["copy"],
        with_images="with_images" in data,
        with_teachers="with_teachers" in data,
        free_seats="free_seats" in data,
    )


class MoveForm(forms.Form):
    to = forms.ModelChoiceField(
        label=gettext_lazy("Which class does the student go to?"),
        queryset=ClassGroup.objects.none(),
        empty_label=gettext_lazy("Choose a class"),
        error_messages={"required": gettext_lazy("Choose a class.")},
    )

    def __init__(self, *args: Any, enrolment: Enrolment, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = classes_to_move_to(enrolment, user)  # type: ignore[attr-defined]


class SubGroupForm(forms.Form):
    """A part of one class; students and teachers of that class only."""

    name = forms.CharField(
        label=gettext_lazy("What is the part called?"),
        max_length=40,
        help_text=gettext_lazy("For example Desdoble A, or the module that is split."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    teacher_roles = RowsField(
        label=gettext_lazy("Who teaches it?"),
        queryset=TeacherRole.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    enrolments = RowsField(
        label=gettext_lazy("Who is in it?"),
        queryset=Enrolment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, class_group: ClassGroup, sub_group: SubGroup | None = None, **kwargs: Any
    ) -> None:
        if sub_group is not None:
            kwargs["initial"] = {
                "name": sub_group.name,
                "teacher_roles": sub_group.teacher_roles.all(),
                "enrolments": sub_group.enrolments.all(),
            }
        super().__init__(*args, **kwargs)
        self.class_group, self.sub_group = class_group, sub_group
        teachers = TeacherRole.objects.current().filter(teachings__class_group=class_group)
        students = class_group.enrolments.current().select_related("student", "class_group")
        self.fields["teacher_roles"].queryset = teachers.select_related("user")  # type: ignore[attr-defined]
        self.fields["enrolments"].queryset = students.order_by("student__sort_name")  # type: ignore[attr-defined]
        self.fields["enrolments"].label_from_instance = lambda one: one.student.list_name  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        taken = self.class_group.sub_groups.filter(name__iexact=name)
        if taken.exclude(pk=self.sub_group.pk if self.sub_group else 0).exists():
            raise forms.ValidationError(_("The class has a part of this name already."))
        return name
