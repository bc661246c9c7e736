"""What every page needs to know about this installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.this_machine import is_this_machine


def portal(request: HttpRequest) -> dict[str, Any]:
    """The local Docker Hub's address where one is used, and whether this visitor can read kept mail at /outbox/."""
    return {
        "hub_is_local": settings.HUB_IS_LOCAL,
        "hub_pages_url": settings.HUB_PAGES_URL,
        "shows_outbox": settings.SHOW_OUTBOX and is_this_machine(request),
        "portal_version": settings.VERSION,
    }
