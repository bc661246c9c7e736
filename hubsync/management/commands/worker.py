"""The worker without a broker: keeps all organizations as their schools want them, until it is told to stop."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from classrooms.actions.roster_background import bring_in_waiting
from classrooms.actions.upkeep import keep_house_if_due
from hubsync.account.catalogue import refresh_due
from hubsync.account.image_checking import check_waiting
from hubsync.account.later_versions import look_again
from hubsync.account.layer_look import look_waiting
from hubsync.sync.worker import WorkerIsRunning, beside, only_worker, serving_clicks, work


def _when_idle() -> None:
    refresh_due()
    look_again()
    keep_house_if_due()


def _for_people() -> None:
    bring_in_waiting()
    check_waiting()


class Command(BaseCommand):
    help = "Keeps what is due on Docker Hub up to date, without Celery. Ctrl-C ends it after the request under way."

    def handle(self, *args: Any, **options: Any) -> None:
        is_over = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: is_over.set())
        try:
            with (
                only_worker(),
                serving_clicks(is_over.is_set, _for_people),
                beside(look_waiting, is_over.is_set, name="layers"),
            ):
                self.stdout.write("The worker is running.")
                try:
                    work(is_over.is_set, when_idle=_when_idle)
                finally:
                    is_over.set()
        except WorkerIsRunning as problem:
            raise CommandError("A worker is running already on this data.") from problem
