"""A student sees the tokens of the own classes that can only pull, and how to sign in with them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.access import for_students, user_of
from classrooms.actions.pull_access import open_pull_access
from classrooms.models import ClassGroup, Student


@for_students
def student_pull_access(request: HttpRequest) -> HttpResponse:
    """Of classes that the student is in today, and of no other."""
    student = get_object_or_404(Student, user=user_of(request))
    enrolled = student.enrolments.current().values("class_group")
    classes = ClassGroup.objects.active().filter(pk__in=enrolled, pull_access_until__isnull=False)
    opened = [(one, open_pull_access(one)) for one in classes.order_by("name")]
    found = [
        {"class_group": one, "login": f"docker login -u {pair[0]}", "token": pair[1]}
        for one, pair in opened
        if pair
    ]
    return render(
        request, "classrooms/student/student_pull_access.html", {"found": found, "student": student}
    )
