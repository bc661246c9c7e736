"""The page behind a class's short code: its practices and public images, for anybody, and nothing about people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from classrooms.access import for_everyone
from classrooms.queries.student import public_images_of
from classrooms.queries.student_practices import public_practices_of
from classrooms.views.class_door import Terminal, class_with_code, shown_practice
from classrooms.views.student.systems import remember_system, system_choices, system_for


@for_everyone
def class_page(request: HttpRequest, code: str) -> HttpResponse:
    """Where the teacher allows it; the letter case of the code makes no difference."""
    class_group = class_with_code(code)
    if not class_group.has_public_page:
        raise Http404
    system = system_for(request)
    context = {
        "class_group": class_group,
        "practices": [shown_practice(request, one, system, None) for one in public_practices_of(class_group)],
        "images": public_images_of(class_group),
        "system": system,
        "system_choices": system_choices(),
        "pull_line": Terminal(request, class_group, system).pull_all,
        "address": f"{request.get_host()}{request.path.removesuffix(f'{code}/')}",
    }
    return remember_system(request, render(request, "classrooms/class_page/class_page.html", context))
