"""Keeps an organization of Docker Hub as its school wants it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubsyncConfig(AppConfig):
    name = "hubsync"
    verbose_name = _("Docker Hub")

    def ready(self) -> None:
        from hubsync import hooks  # noqa: PLC0415  receivers can only be connected once the models are there

        hooks.connect()
