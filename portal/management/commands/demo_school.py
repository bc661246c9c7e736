"""Fills an empty portal with the demonstration school, for trying it out."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from classrooms.models import School
from portal.demo.fill import accounts, fill


class Command(BaseCommand):
    help = "Makes the demonstration school. Only in the embedded set-up, with the local Docker Hub running."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.EMBEDDED and settings.HUB_IS_LOCAL):
            raise CommandError(
                "The demonstration school belongs to the embedded set-up with its local Docker Hub."
            )
        if School.objects.exists():
            self.stdout.write("There is a school already: nothing was changed.")
            return
        with transaction.atomic():
            school = fill()
        people = settings.DATA_DIR / "demo-accounts.json"
        people.write_text(json.dumps(accounts(), ensure_ascii=False, indent=1))
        self.stdout.write(f"Made {school}.")
