"""The page behind a class's short code: its practices and public images, for anybody, and nothing about people."""

import time

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from classrooms.access import for_everyone
from classrooms.models import ClassGroup
from classrooms.pull_scripts.commands import System
from classrooms.queries.student import public_images_of
from classrooms.queries.student_practices import not_in_practices, public_practices_of
from classrooms.views.class_door import Terminal, class_with_code, shown_practice
from classrooms.views.student.systems import remember_system, system_choices, system_for

# A class opens it in the same minute. What was shown once is shown again for this long, to whoever reads the same
# language at the same kind of computer: an exam comes up seconds after its minute at most, and never before it.
KEPT_SECONDS = 3
# While one request makes it anew the others go on with the old one, but with none that is older than this.
OLDEST_SECONDS = 10
# Who comes while the very first one is being made waits for it, half a second at most.
MOST_WAITS, WAIT_SECONDS = 25, 0.02


@for_everyone
def class_page(request: HttpRequest, code: str) -> HttpResponse:
    """Where the teacher allows it, which is asked each time; the letter case of the code makes no difference."""
    class_group = class_with_code(code)
    if not class_group.has_public_page:
        raise Http404
    context = {"class_group": class_group, "content": _content(request, class_group, system_for(request))}
    return remember_system(request, render(request, "classrooms/class_page/class_page.html", context))


def _content(request: HttpRequest, class_group: ClassGroup, system: System) -> SafeString:
    """All of it that is the same for everybody: nothing of a session or a form is in it."""
    address = request.build_absolute_uri("/")
    key = f"class_page:{class_group.pk}:{class_group.code}:{system}:{get_language()}:{address}"
    for _wait in range(MOST_WAITS):
        made_at, kept = cache.get(key) or (0.0, "")
        age = time.time() - made_at
        if age > KEPT_SECONDS and cache.add(f"{key}:turn", True, KEPT_SECONDS):
            break
        if age <= OLDEST_SECONDS:
            return mark_safe(kept)  # noqa: S308  it was rendered by the template
        time.sleep(WAIT_SECONDS)
    made = render_to_string("classrooms/class_page/_class_page.html", _shown(request, class_group, system))
    cache.set(key, (time.time(), str(made)), OLDEST_SECONDS)
    return made


def _shown(request: HttpRequest, class_group: ClassGroup, system: System) -> dict[str, object]:
    images = public_images_of(class_group)
    practices = public_practices_of(class_group, images)
    return {
        "class_group": class_group,
        "practices": [shown_practice(request, one, system, None) for one in practices],
        "images": not_in_practices(images, practices),
        "system": system,
        "system_choices": system_choices(),
        "pull_line": Terminal(request, class_group, system).pull_all,
        "address": f"{request.get_host()}/c/",
    }
