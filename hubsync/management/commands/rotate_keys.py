"""`manage.py rotate_keys`: seal all secrets with the first of CREDENTIAL_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from classrooms.actions import resealing
from classrooms.sealing import NotOpened
from hubsync.credentials import CredentialUnreadable, reseal_all


class Command(BaseCommand):
    help = (
        "Seals every stored token, class code, sign-in secret and second factor with the first key of CREDENTIAL_KEYS;"
        " the other keys only open."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                count = reseal_all() + resealing.reseal_all()
        except (CredentialUnreadable, NotOpened):
            raise CommandError(
                "A stored secret opens with none of CREDENTIAL_KEYS, so nothing was changed. "
                "Add the key that sealed it, or paste a new token on the school's page."
            ) from None
        self.stdout.write(f"{count} sealed with the first key. The other keys can be taken out now.")
