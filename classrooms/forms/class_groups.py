"""Forms about a class: made by hand, renamed, who teaches it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.academic_years import academic_year_of, label
from classrooms.models import ClassGroup, School, TeacherRole


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


class TeachersForm(forms.Form):
    teachers = forms.ModelMultipleChoiceField(
        label=_("Who teaches this class?"),
        queryset=TeacherRole.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, class_group: ClassGroup, **kwargs: Any) -> None:
        kwargs["initial"] = {"teachers": class_group.teachings.values_list("teacher_role_id", flat=True)}
        super().__init__(*args, **kwargs)
        roles = TeacherRole.objects.current().filter(school=class_group.school)
        roles = roles.exclude(role=TeacherRole.Role.READ_ONLY).select_related("user")
        self.fields["teachers"].queryset = roles.order_by("user__first_name", "pk")  # type: ignore[attr-defined]
