"""`manage.py hub_sandbox`: the local Docker Hub."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from hubsync.sandbox.running import add_arguments, run


class Command(BaseCommand):
    help = "Run a local Docker Hub for trying out; the portal speaks to it over HTTP when HUB_URL says so."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(
        self,
        *,
        host: str,
        port: int,
        state: Path | None,
        seed_demo: bool,
        truth: Path | None = None,
        **options: Any,
    ) -> None:
        status = run(host=host, port=port, state=state, seed_demo=seed_demo, truth=truth)
        if status:
            sys.exit(status)
