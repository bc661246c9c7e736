"""A student says what they are called on Docker Hub, confirms it, and can take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from classrooms.access import for_students, user_of
from classrooms.actions.students import set_docker_id
from classrooms.forms.students import DockerIdForm
from classrooms.models import Student


@for_students
def student_docker_id(request: HttpRequest) -> HttpResponse:
    """Asks, shows what was typed once more, and keeps it only then."""
    student = get_object_or_404(Student, user=user_of(request))
    if request.method == "POST" and "forget" in request.POST:
        return _keep(request, student, "", _("Your Docker ID is no longer kept here."))
    form = DockerIdForm(request.POST or None, student=student)
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "confirmed" in request.POST:
        docker_id = form.cleaned_data["docker_id"]
        return _keep(
            request, student, docker_id, _("Your Docker ID is %(docker_id)s.") % {"docker_id": docker_id}
        )
    template = "student_docker_id_confirm.html" if is_valid else "student_docker_id.html"
    return render(request, f"classrooms/student/{template}", {"form": form, "student": student})


def _keep(request: HttpRequest, student: Student, docker_id: str, words: str) -> HttpResponse:
    set_docker_id(student=student, docker_id=docker_id, by=user_of(request))
    messages.success(request, words)
    return redirect("student_home")
