"""Celery's application. A message is a door bell; what is to be done is a row (docs/architecture.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("aulahub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
