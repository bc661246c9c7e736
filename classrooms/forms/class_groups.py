"""Forms about a class: made by hand, renamed, who teaches it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classrooms.academic_years import academic_year_of, label
from classrooms.image_checks.machines import NAMES, Machine
from classrooms.models import ClassGroup, School, TeacherRole, Teaching


def year_choices() -> list[tuple[int, str]]:
    """This academic year and the next one: lists of the next year arrive in July."""
    year = academic_year_of(timezone.localdate())
    return [(year, label(year)), (year + 1, label(year + 1))]


class ClassGroupForm(forms.Form):
    """A class that is made by hand; a class list makes its classes by itself."""

    name = forms.CharField(
        label=_("What is the class called?"),
        max_length=60,
        help_text=_("As the school writes it, for example 1º SMR A."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    course = forms.CharField(label=_("Course"), max_length=160, required=False)
    academic_year = forms.TypedChoiceField(label=_("Academic year"), choices=year_choices, coerce=int)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        taken = self.school.class_groups.filter(
            name__iexact=values.get("name", ""),
            course__iexact=values.get("course", ""),
            academic_year=values.get("academic_year") or 0,
        )
        if taken.exists():
            self.add_error("name", _("The school has this class already. Open it from the school’s page."))
        return values


class ClassNameForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ClassGroup
        fields = ["name", "course"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        taken = ClassGroup.objects.filter(
            school=self.instance.school,
            academic_year=self.instance.academic_year,
            name=values.get("name", ""),
            course=values.get("course", ""),
        )
        if taken.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("The school has another class with this name and course in this year."))
        return values


class MachinesForm(forms.Form):
    """What the class sits at, so that images are checked for it."""

    machines = forms.MultipleChoiceField(
        label=_("Which computers does the class use?"),
        choices=lambda: _machine_choices(),  # noqa: PLW0108  defined below
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Also those at home, if students work there. A check says whether each image runs on all of them."
        ),
        error_messages={"required": _("Tick at least one kind.")},
    )
    run_machine = forms.ChoiceField(
        label=_("On which computer do you run what is handed in?"),
        choices=lambda: [("", gettext("the same as the class’s")), *_machine_choices()],
        required=False,
        help_text=_(
            "Students are told at hand-in whether their image starts there, with the line that mends it."
        ),
    )


def _machine_choices() -> list[tuple[str, str]]:
    return [(machine.value, gettext(NAMES[machine])) for machine in Machine]


class TeachersForm(forms.Form):
    """One question for each person of the staff: what they are in this class. `roles` is the answer."""

    def __init__(self, *args: Any, class_group: ClassGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = TeacherRole.objects.current().in_class().filter(school=class_group.school)
        self.staff = list(staff.select_related("user").order_by("user__first_name", "pk"))
        now = dict(class_group.teachings.values_list("teacher_role_id", "role"))
        for person in self.staff:
            self.fields[_field_of(person)] = forms.ChoiceField(
                label=str(person.user),
                choices=[("", _("not in this class")), *_class_roles(person)],
                initial=now.get(person.pk, ""),
                required=False,
            )

    @property
    def roles(self) -> dict[TeacherRole, str]:
        chosen = {person: self.cleaned_data[_field_of(person)] for person in self.staff}
        return {person: role for person, role in chosen.items() if role}


def _field_of(person: TeacherRole) -> str:
    return f"teacher_{person.pk}"


def _class_roles(person: TeacherRole) -> list[tuple[str, Any]]:
    """An assistant of the school is no teacher in any class."""
    is_assistant = person.role == TeacherRole.Role.ASSISTANT
    return [one for one in Teaching.Role.choices if not (is_assistant and one[0] == Teaching.Role.TEACHER)]
