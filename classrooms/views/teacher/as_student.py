"""What a student of the class sees, for whoever may see the class: read-only, as somebody who does not exist."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.access import for_teachers, user_of
from classrooms.models import ClassGroup
from classrooms.queries.student import as_if_in
from classrooms.queries.student_practices import not_in_practices, practices_as_if_in
from classrooms.views.class_door import shown_practice
from classrooms.views.student.systems import system_choices, system_for


@for_teachers
def as_student(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The student's page with a bar that says so. Nothing can be sent from it."""
    visible = ClassGroup.objects.visible_to(user_of(request)).active().select_related("school")
    found = get_object_or_404(visible, pk=class_group_id)
    system, home = system_for(request), as_if_in(found)
    to_do = practices_as_if_in(found, home.images)
    context = {
        "home": home,
        "images": not_in_practices(home.images, to_do),
        "practices": [shown_practice(request, one, system, None) for one in to_do],
        "system": system,
        "system_choices": system_choices(),
        "seen_as_student": found,
    }
    return render(request, "classrooms/student/student_home.html", context)
