"""Whether a Docker ID exists, told to the student who types it or thinks of making it. Nothing is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from classrooms.access import for_students
from classrooms.partials import render_page
from hubsync.account.docker_ids import look_for_docker_id


@for_students
def student_check_docker_id(request: HttpRequest) -> HttpResponse:
    """A part of a page (htmx), or a page of its own. With `new` the question is whether the name is still free."""
    docker_id = request.GET.get("docker_id", "").strip().lower()[:64]
    context = {
        "docker_id": docker_id,
        "found": str(look_for_docker_id(docker_id)),
        "is_new": "new" in request.GET,
    }
    return render_page(request, "hubsync/docker_id.html", context, part="hubsync/_docker_id.html")
