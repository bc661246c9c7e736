"""How far the students of a class have got: the teacher's screen and the projector's, which look again by themselves."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from classrooms.access import for_teachers, user_of
from classrooms.models import ClassGroup
from classrooms.queries.lights import class_lights


@for_teachers
def class_lights_page(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """With where each light comes from."""
    return _answer(request, class_group_id, "classrooms/teacher/class_lights.html")


@for_teachers
def class_lights_wall(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The same in large letters and nothing else."""
    return _answer(request, class_group_id, "classrooms/teacher/class_lights_wall.html")


def _answer(request: HttpRequest, class_group_id: int, template: str) -> HttpResponse:
    """The page; the lights alone when htmx asks, and 304 without a body while none has changed."""
    helped = ClassGroup.objects.visible_to(user_of(request)).active().select_related("school")
    class_group = get_object_or_404(helped, pk=class_group_id)
    lights = class_lights(class_group)
    mark = _mark(lights)
    if request.htmx and request.headers.get("If-None-Match") == mark:  # type: ignore[attr-defined]
        return HttpResponseNotModified(headers={"ETag": mark})
    context = {"class_group": class_group, "school": class_group.school, "lights": lights, "mark": mark}
    if request.htmx:  # type: ignore[attr-defined]
        part = render_to_string("classrooms/teacher/_lights.html", context, request)
        return HttpResponse(part, headers={"ETag": mark})
    return render(request, template, context)


def _mark(lights: object) -> str:
    """Equal for what would be shown alike, in one language."""
    return f'"{hashlib.sha256(f"{get_language()} {lights!r}".encode()).hexdigest()[:20]}"'
