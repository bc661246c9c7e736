"""Figures for Prometheus: for whoever holds the token, or on this machine only."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST

from classrooms.access import for_everyone
from hubsync.metrics.collecting import exposition


@for_everyone
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics as text; 404 for all who may not read them, so that nobody learns that they are there."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return constant_time_compare(said, settings.METRICS_TOKEN)
    # Behind a proxy everybody comes from this machine.
    is_forwarded = settings.BEHIND_PROXY or not {"X-Forwarded-For", "Forwarded"}.isdisjoint(request.headers)
    return not is_forwarded and _is_local(request.META.get("REMOTE_ADDR", ""))


def _is_local(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        # A socket of the file system has no address: only this machine reaches it, and a proxy stands before it.
        return False
