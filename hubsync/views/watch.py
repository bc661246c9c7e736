"""All schools at a glance, for whoever runs this installation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from classrooms.access import for_administrators
from hubsync.pages.watching import all_schools, this_installation
from hubsync.words.troubles import sentence_of_code


@for_administrators
def hub_watch(request: HttpRequest) -> HttpResponse:
    """Every school's standing with Docker Hub; who needs attention first."""
    schools = all_schools()
    context = {
        "rows": [(one, sentence_of_code(one.standing.failure)) for one in schools],
        "attention": sum(one.needs_attention for one in schools),
        "installation": this_installation(),
    }
    return render(request, "hubsync/watch.html", context)
