"""Starts everything that the embedded set-up needs, and keeps it running until Ctrl-C."""

import json
import signal
import time
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.supervisor import preparing
from portal.supervisor.children import Child
from portal.supervisor.household import household
from portal.supervisor.leftovers import end_leftovers, note

SECONDS_TO_ANSWER = 60
LOOKS_EACH_SECOND = 4


class Command(BaseCommand):
    # The same checks run in the tests and in `check`; here they would cost a second of each start.
    requires_system_checks: list[str] = []
    help = "Starts web server, worker and local Docker Hub, says where, and ends all of them at Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "DEPLOYMENT is production: start web, worker and beat as docs/operate.md says."
            )
        is_over = Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: is_over.set())
        with preparing.only_one():
            end_leftovers(settings.DATA_DIR)
            preparing.speak_directly_to_this_machine()
            preparing.refuse_taken_ports()
            preparing.prepare_database()
            self._live(household(), is_over)

    def _live(self, children: list[Child], is_over: Event) -> None:
        try:
            self._start(children, is_over)
            while not is_over.wait(1 / LOOKS_EACH_SECOND):
                self._look_after(children)
        finally:
            self._end(children)

    def _start(self, children: list[Child], is_over: Event) -> None:
        """All at once, but for the first time: the demonstration school asks the local Docker Hub for its facts."""
        if preparing.wants_demonstration():
            self._run(children[:1])
            self._see_it_answer(children[0])
            preparing.fill_demonstration()
        preparing.let_go_of_database()
        self._run(children)
        for child in children:
            if is_over.is_set():
                return
            self._see_it_answer(child)
        self._say(f"ready: {settings.BASE_URL}/")
        self._say_who_can_sign_in()

    def _run(self, children: list[Child]) -> None:
        for child in children:
            if not child.is_running:
                child.start()
        note(children, settings.DATA_DIR)

    def _see_it_answer(self, child: Child) -> None:
        if not child.wait_until_it_answers(SECONDS_TO_ANSWER):
            raise CommandError(f"The {child.name} does not answer. Its last words are in {child.log}.")

    def _look_after(self, children: list[Child]) -> None:
        for child in children:
            before = child.process
            pause = child.revive()
            if child.process is not before:
                note(children, settings.DATA_DIR)
            if pause is not None:
                self._say(
                    f"{time.strftime('%H:%M:%S')} The {child.name} ended; it is started again in {pause:g} s ({child.log})."
                )

    def _end(self, children: list[Child]) -> None:
        for child in reversed(children):
            child.ask_to_end()
        for child in reversed(children):
            child.see_it_end()

    def _say_who_can_sign_in(self) -> None:
        people = Path(settings.DATA_DIR) / "demo-accounts.json"
        for person in json.loads(people.read_text()) if people.exists() else []:
            self._say(f"  {person['who']}: {person['login']} / {person['password']}")
        self._say(f"  Or sign up as a teacher; the mail that confirms it is at {settings.BASE_URL}/outbox/")
        if settings.HUB_IS_LOCAL:
            self._say(f"  The local Docker Hub that stands in for the real one: {settings.HUB_PAGES_URL}/")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
