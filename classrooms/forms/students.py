"""Forms about a student: names, as a teacher writes them, and the Docker ID."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.actions.docker_hub_off import refuse_docker_id
from classrooms.actions.refusals import NoDockerId
from classrooms.forms.docker_ids import docker_id_is_possible
from classrooms.models import Student


class StudentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Names and, where there is one, the Docker ID. Nothing else of a student is kept."""

    class Meta:
        model = Student
        fields = ["given_name", "first_surname", "second_surname", "docker_id"]
        widgets = {
            "given_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "first_surname": forms.TextInput(attrs={"autocomplete": "off"}),
            "second_surname": forms.TextInput(attrs={"autocomplete": "off"}),
            "docker_id": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        }
        help_texts = {
            "docker_id": gettext_lazy(
                "Only needed where the class’s students are members of the organization."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["docker_id"].validators.append(docker_id_is_possible)

    def clean_docker_id(self) -> str:
        docker_id = str(self.cleaned_data["docker_id"]).strip().lower()
        if docker_id and self.instance.pk and docker_id != self.initial.get("docker_id"):
            _may_have_one(self.instance)
        return docker_id


class DockerIdForm(forms.Form):
    """What a student is called on Docker Hub; in lower case, as Docker Hub has it."""

    docker_id = forms.CharField(
        label=gettext_lazy("Your Docker ID"),
        help_text=gettext_lazy("The name with which you sign in at Docker Hub, not your e-mail address."),
        max_length=64,
        error_messages={"required": gettext_lazy("Type your Docker ID.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student
        self.fields["docker_id"].initial = student.docker_id

    def clean_docker_id(self) -> str:
        docker_id = str(self.cleaned_data["docker_id"]).strip().lower()
        docker_id_is_possible(docker_id)
        _may_have_one(self.student)
        if self._is_anothers(docker_id):
            raise ValidationError(
                _("Somebody else of your school has said that this Docker ID is theirs. Check yours.")
            )
        return docker_id

    def _is_anothers(self, docker_id: str) -> bool:
        """A student's or a teacher's of the same school: whoever leaves a team would take the other one along."""
        school = self.student.school
        students = school.students.filter(docker_id=docker_id).exclude(pk=self.student.pk)
        return students.exists() or school.teacher_roles.filter(docker_id=docker_id).exists()


def _may_have_one(student: Student) -> None:
    try:
        refuse_docker_id(student)
    except NoDockerId as refusal:
        raise ValidationError(refusal.sentence) from refusal
