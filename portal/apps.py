"""Django's entry: importing Celery's application here lets `shared_task` find it."""

import logging
from types import ModuleType

from django.apps import AppConfig

from portal import translations
from portal.celery import app as celery_app

__all__ = ["PortalConfig", "celery_app"]

logger = logging.getLogger(__name__)


class PortalConfig(AppConfig):
    name = "portal"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        """Translations that were changed are compiled before anybody reads them: models read some when they are made."""
        super().__init__(app_name, app_module)
        try:
            translations.compile_stale()
        except OSError as problem:
            # An installation that cannot be written was compiled when it was made (Dockerfile).
            logger.warning("The translations could not be compiled: %s", problem)
