"""Addresses of the portal itself: health and, in the embedded set-up, the mail that was not sent."""

from django.urls import URLPattern, URLResolver, path

from classrooms.access import all_marked
from portal.outbox import outbox

urlpatterns: list[URLPattern | URLResolver] = all_marked([path("outbox/", outbox, name="outbox")])
