"""Whether a Docker ID exists, told to the student who types it or thinks of making it. Nothing is kept."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from classrooms.access import for_students, user_of
from classrooms.models import User
from classrooms.partials import render_page
from hubsync.account.docker_ids import Existence, look_for_docker_id

# Nobody needs more to find a name; the calls to Docker Hub belong to all schools.
MOST_LOOKS, WITHIN_SECONDS = 30, 600


@for_students
def student_check_docker_id(request: HttpRequest) -> HttpResponse:
    """A part of a page (htmx), or a page of its own. With `new` the question is whether the name is still free."""
    docker_id = request.GET.get("docker_id", "").strip().lower()[:64]
    found = look_for_docker_id(docker_id) if _may_look(user_of(request)) else Existence.NOT_CHECKED
    context = {"docker_id": docker_id, "found": str(found), "is_new": "new" in request.GET}
    return render_page(request, "hubsync/docker_id.html", context, part="hubsync/_docker_id.html")


def _may_look(user: User) -> bool:
    """Counted per account: a room of students shares one address."""
    key = f"docker-id-looks:{user.pk}"
    cache.add(key, 0, WITHIN_SECONDS)
    return cache.incr(key) <= MOST_LOOKS
