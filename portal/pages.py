"""Addresses of the portal itself: health and, in the embedded set-up, the mail that was not sent."""

from django.urls import URLPattern, URLResolver, path

from classrooms.access import all_marked
from portal.health import healthz, readyz
from portal.outbox import outbox

urlpatterns: list[URLPattern | URLResolver] = all_marked(
    [
        # Without a closing slash, as those who watch a service expect them.
        path("healthz", healthz, name="healthz"),
        path("readyz", readyz, name="readyz"),
        path("outbox/", outbox, name="outbox"),
    ]
)
