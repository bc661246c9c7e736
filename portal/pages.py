"""Addresses of the portal itself: health and, in the embedded set-up, the mail that was not sent."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
