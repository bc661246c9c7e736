"""What a student has to pull today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.access import for_students, user_of
from classrooms.models import Student
from classrooms.queries.student import student_home_for


@for_students
def student_home(request: HttpRequest) -> HttpResponse:
    student = get_object_or_404(Student, user=user_of(request))
    return render(request, "classrooms/student/student_home.html", {"home": student_home_for(student)})
