"""Forms about the staff of a school: who is invited, roles and dates, who takes over from whom."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.forms.docker_ids import docker_id_is_possible
from classrooms.models import School, TeacherRole

ROLE_HELP = _(
    "Owners also manage staff and Docker Hub. Teachers manage their classes. Assistants see their classes and help"
    " students to get in. Read-only looks on."
)


class StaffInviteForm(forms.Form):
    """Whom, as what, until when and in whose place. Without an address there is a link to hand over."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("The link goes there. Leave it empty to hand the link over yourself."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        max_length=254,
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=TeacherRole.Role.choices,
        initial=TeacherRole.Role.TEACHER,
        help_text=ROLE_HELP,
    )
    substitutes = forms.ModelChoiceField(
        label=_("Substitutes"),
        queryset=TeacherRole.objects.none(),
        required=False,
        empty_label=_("nobody"),
        help_text=_("A substitute teacher gets this person’s classes and what is prepared in them."),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("For a substitute teacher: access ends that night, the work stays."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from_staff(self, school)

    def clean_ends_on(self) -> date | None:
        ends_on = cast(date | None, self.cleaned_data["ends_on"])
        if ends_on and ends_on < timezone.localdate():
            raise ValidationError(_("This day is over. Give a day from today on, or none."))
        return ends_on


class TeacherRoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Role, dates, whom the person substitutes, and how the organization on Docker Hub reaches the teacher."""

    class Meta:
        model = TeacherRole
        fields = ["role", "starts_on", "ends_on", "substitutes", "docker_id", "invite_email"]
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "docker_id": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        }
        help_texts = {
            "role": ROLE_HELP,
            "ends_on": _("Access ends that night. Leave it empty if there is no end."),
            "substitutes": _("A substitute teacher gets this person’s classes and what is prepared in them."),
            "docker_id": _("Only if this person needs an own account in the organization: it takes a seat."),
            "invite_email": _("Instead of a Docker ID, for somebody who has none yet. It takes a seat too."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["docker_id"].validators.append(docker_id_is_possible)
        choose_from_staff(self, self.instance.school, but=self.instance)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first day."))
        return values


def choose_from_staff(form: forms.BaseForm, school: School, *, but: TeacherRole | None = None) -> None:
    """Let the field `substitutes` offer those of the school's staff, also who is away today; never oneself."""
    staff = TeacherRole.objects.filter(school=school).select_related("user")
    field = cast("forms.ModelChoiceField[TeacherRole]", form.fields["substitutes"])
    field.queryset = staff.exclude(pk=but.pk if but and but.pk else 0).order_by("user__first_name", "pk")
    field.empty_label = _("nobody")
    field.label_from_instance = _name_of  # type: ignore[assignment,method-assign]


def _name_of(role: TeacherRole) -> str:
    return str(role.user)
