"""What a student of the class sees, for whoever may see the class: read-only, as somebody who does not exist."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.access import for_teachers, user_of
from classrooms.models import ClassGroup
from classrooms.queries.student import as_if_in


@for_teachers
def as_student(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The student's page with a bar that says so. Nothing can be sent from it."""
    visible = ClassGroup.objects.visible_to(user_of(request)).active().select_related("school")
    found = get_object_or_404(visible, pk=class_group_id)
    context = {"home": as_if_in(found), "seen_as_student": found}
    return render(request, "classrooms/student/student_home.html", context)
