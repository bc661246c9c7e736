"""`manage.py rotate_keys`: seal all tokens with the first of CREDENTIAL_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hubsync.credentials import CredentialUnreadable, reseal_all


class Command(BaseCommand):
    help = "Seals every stored token of Docker Hub with the first key of CREDENTIAL_KEYS; the other keys only open."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = reseal_all()
        except CredentialUnreadable:
            raise CommandError(
                "A stored token opens with none of CREDENTIAL_KEYS, so nothing was changed. "
                "Add the key that sealed it, or paste a new token on the school's page."
            ) from None
        self.stdout.write(f"{count} sealed with the first key. The other keys can be taken out now.")
