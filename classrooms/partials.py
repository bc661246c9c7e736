"""A page, or the part of it that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; the template named `part` alone when htmx asks, so that both show the same."""
    wants_part = part is not None and request.headers.get("HX-Request") == "true"
    return render(request, part if wants_part and part else template, context, status=status)
