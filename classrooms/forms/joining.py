"""Forms about the codes of a class, and about who waits at its door."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from classrooms.actions.join_codes import USUAL_DAYS, USUAL_USES
from classrooms.models import JoinCode, Student


class JoinCodeForm(forms.Form):
    """For whom a code is, how long and for how many."""

    role = forms.ChoiceField(choices=JoinCode.Role.choices, widget=forms.HiddenInput)
    days = forms.IntegerField(label=_("Works for how many days?"), min_value=1, max_value=60)
    most_uses = forms.IntegerField(label=_("For how many people at most?"), min_value=1, max_value=500)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(
            data, initial={"role": JoinCode.Role.STUDENT, "days": USUAL_DAYS, "most_uses": USUAL_USES}
        )


class LetInForm(forms.Form):
    """Whom of the list somebody is; nobody chosen means a person who is not on it."""

    student = forms.ModelChoiceField(queryset=Student.objects.none(), required=False)

    def __init__(self, *args: Any, students: tuple[Student, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Student]", self.fields["student"])
        field.queryset = Student.objects.filter(pk__in=[one.pk for one in students])
