"""Schools, people, classes and the images they use."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class ClassroomsConfig(AppConfig):
    name = "classrooms"
    verbose_name = _("Schools and classes")

    def ready(self) -> None:
        """Whoever signs in gets a session of the right length. The receiver needs the models."""
        from classrooms.sessions import set_length  # noqa: PLC0415

        user_logged_in.connect(set_length, dispatch_uid="classrooms.sessions")
