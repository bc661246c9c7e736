"""What is given to classes: to which of them, or to which part of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from classrooms.forms.row_fields import RowsField
from classrooms.models import ClassGroup, School, SubGroup, User


class ForClassesForm(forms.Form):
    """The active classes that `user` teaches, with their parts; no question about parts where there are none."""

    class_groups = RowsField(
        label=gettext_lazy("For which classes?"),
        queryset=ClassGroup.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one class.")},
    )
    sub_group = forms.ModelChoiceField(
        label=gettext_lazy("Only for a part of the class"), queryset=SubGroup.objects.none(), required=False
    )

    def __init__(self, *args: Any, school: School, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taught = ClassGroup.objects.filter(pk__in=ClassGroup.objects.taught_by(user).values("pk"))
        classes = taught.active().filter(school=school)
        self.fields["class_groups"].queryset = classes  # type: ignore[attr-defined]
        parts = SubGroup.objects.filter(class_group__in=classes)
        self.fields["sub_group"].queryset = parts.select_related("class_group")  # type: ignore[attr-defined]
        self.fields["sub_group"].label_from_instance = lambda part: f"{part.class_group} · {part}"  # type: ignore[attr-defined]
        if not parts.exists():
            del self.fields["sub_group"]
