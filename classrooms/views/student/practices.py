"""One practice as the student has to do it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.access import for_students, user_of
from classrooms.models import Student
from classrooms.queries.student import student_home_for
from classrooms.queries.student_practices import PracticeToDo, practices_for
from classrooms.views.class_door import shown_practice
from classrooms.views.student.systems import remember_system, system_choices, system_for


@for_students
def student_practice(request: HttpRequest, class_practice_id: int) -> HttpResponse:
    """Not there before its minute, nor for who is not in the class."""
    student = get_object_or_404(Student, user=user_of(request))
    home = student_home_for(student)
    todo = _find(practices_for(student, home.class_groups, home.images), class_practice_id)
    system = system_for(request)
    context = {
        "shown": shown_practice(request, todo, system, student),
        "login_command": home.login_command,
        "system": system,
        "system_choices": system_choices(),
    }
    return remember_system(request, render(request, "classrooms/student/student_practice.html", context))


def _find(practices: tuple[PracticeToDo, ...], class_practice_id: int) -> PracticeToDo:
    found = next((one for one in practices if one.given.pk == class_practice_id), None)
    if found is None:
        raise Http404
    return found
