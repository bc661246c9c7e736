"""Forms about a school and its staff: text to values, what is wrong in the reader's language."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.forms.docker_ids import docker_id_is_possible
from classrooms.models import TeacherRole

has_eight_digits = RegexValidator(
    r"^[0-9]{8}$", _("A school code has eight digits. Leave it empty if you have none.")
)


class SchoolForm(forms.Form):
    """One question, and a code for those who have one."""

    name = forms.CharField(
        label=_("What is the school called?"),
        max_length=120,
        help_text=_("As it is known, for example IES Triana."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    code = forms.CharField(
        label=_("School code"),
        required=False,
        help_text=_("Eight digits in Spain. It stands in the school’s official papers."),
        validators=[has_eight_digits],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class StaffInviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}), max_length=254
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=TeacherRole.Role.choices,
        initial=TeacherRole.Role.TEACHER,
        help_text=_(
            "Owners also manage staff and Docker Hub. Teachers manage their classes. Read-only looks on."
        ),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("For a substitute teacher: access ends that night, the work stays."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_ends_on(self) -> date | None:
        ends_on = cast(date | None, self.cleaned_data["ends_on"])
        if ends_on and ends_on < timezone.localdate():
            raise ValidationError(_("This day is over. Give a day from today on, or none."))
        return ends_on


class TeacherRoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Role, dates, and how the organization on Docker Hub reaches the teacher."""

    class Meta:
        model = TeacherRole
        fields = ["role", "starts_on", "ends_on", "docker_id", "invite_email"]
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "docker_id": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        }
        help_texts = {
            "ends_on": _("Access ends that night. Leave it empty if there is no end."),
            "docker_id": _("Only if this person needs an own account in the organization: it takes a seat."),
            "invite_email": _("Instead of a Docker ID, for somebody who has none yet. It takes a seat too."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["docker_id"].validators.append(docker_id_is_possible)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first day."))
        return values
