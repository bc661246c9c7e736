"""What a student says of the own first steps, where nobody can see it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from classrooms.access import for_students, user_of
from classrooms.actions.steps import forget_own_word, note_step
from classrooms.models import Student, StudentStep


@for_students
@require_POST
def student_address(request: HttpRequest) -> HttpResponse:
    """The address of the Docker Hub account is confirmed, or with "no" it is not."""
    student = get_object_or_404(Student, user=user_of(request))
    step = StudentStep.Step.ADDRESS
    if "no" in request.POST:
        forget_own_word(student=student, step=step)
    else:
        note_step(student=student, step=step, source=StudentStep.Source.STUDENT)
    messages.success(request, _("Saved."))
    return redirect("student_home")
