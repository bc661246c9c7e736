"""What the portal keeps of the student who is signed in."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from classrooms.access import for_students, user_of
from classrooms.models import Student
from classrooms.queries.password_news import password_events
from classrooms.queries.person import person_data


@for_students
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    student = get_object_or_404(Student.objects.select_related("school", "user"), user=user_of(request))
    history = student.enrolments.select_related("class_group").prefetch_related("past_stays")
    context = {
        "student": student,
        "history": history.order_by("enrolled_on", "pk"),
        "password_events": password_events(student),
    }
    return render(request, "classrooms/student/my_data.html", context)


@for_students
@never_cache
def my_data_json(request: HttpRequest) -> HttpResponse:
    student = get_object_or_404(Student.objects.select_related("school", "user"), user=user_of(request))
    data = person_data(student, for_the_student=True)
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{student.alias}.json"'
    return answer
