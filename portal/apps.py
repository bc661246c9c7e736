"""Django's entry: importing Celery's application here lets `shared_task` find it."""

import logging

from django.apps import AppConfig

from portal import translations
from portal.celery import app as celery_app

__all__ = ["PortalConfig", "celery_app"]

logger = logging.getLogger(__name__)


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """Translations that were changed are compiled before anybody reads them."""
        try:
            translations.compile_stale()
        except OSError as problem:
            # An installation that cannot be written was compiled when it was made (Dockerfile).
            logger.warning("The translations could not be compiled: %s", problem)
