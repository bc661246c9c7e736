"""`manage.py hub_doctor SCHOOL`: is the connection sound? `--probe`: what does a real Docker Hub answer?"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hubsync.account.doctor import examine
from hubsync.account.find import NoSuchAccount, find_account
from hubsync.hub.errors import HubError
from hubsync.probing.reading import OtherAccount, ask_without_writing
from hubsync.probing.recording import Recorder, write_records
from hubsync.probing.writing import Writing

NOT_SOUND = 1
WRITES = """\
Now the probe would write, in {organization} only and under names of its own:
- a team and a private repository called {name}, both deleted at the end;
- teams with odd names, to learn the rule for names, each deleted at once;
- {member} put into that team (no e-mail is sent; gone with the team);{more}
"""
INVITES = "\n- an invitation to {address}, sent twice (they get Docker's e-mail) and cancelled at the end;"
DEMOTES = "\n- the last owner made a plain member, and an owner again at once if Docker Hub lets that happen;"


class Command(BaseCommand):
    help = (
        "Looks a school's connection to Docker Hub over: 0 if it is sound, 1 if not. "
        "With --probe asks a real organization what no source tells (docs/docker-hub.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "school", nargs="?", help="id or name of the school, or of its account on Docker Hub"
        )
        parser.add_argument("--probe", action="store_true", help="ask an organization what no source tells")
        parser.add_argument("--organization", default="", help="the organization to probe")
        parser.add_argument("--output", type=Path, help="folder for the raw answers (default: probe-NAME)")
        parser.add_argument("--yes", action="store_true", help="write without asking first")
        parser.add_argument(
            "--invite", default="", metavar="ADDRESS", help="also invite this address, and cancel it"
        )
        parser.add_argument("--last-owner", action="store_true", help="also try to demote the last owner")
        parser.add_argument(
            "--docker-id", default="", help="whose HUB_PROBE_PERSONAL_TOKEN or _PASSWORD is tried too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["probe"]:
            self._probe(options)
            return
        if not options["school"]:
            raise CommandError("Name a school, or give --probe with --organization.")
        try:
            account = find_account(options["school"])
        except NoSuchAccount as problem:
            raise CommandError(str(problem)) from problem
        is_sound = True
        for finding in examine(account):
            is_sound &= finding.is_fine
            self.stdout.write(f"{'ok  ' if finding.is_fine else 'MEND'}  {finding.about}: {finding.sentence}")
        if not is_sound:
            sys.exit(NOT_SOUND)

    def _probe(self, options: dict[str, Any]) -> None:
        organization = options["organization"].strip().lower()
        if not organization:
            raise CommandError("--probe needs --organization NAME.")
        secret = os.environ.get("HUB_PROBE_TOKEN") or getpass(f"Access token of {organization}: ")
        folder = options["output"] or Path(f"probe-{organization}")
        ask = Recorder(settings.HUB_URL, organization, secret)
        left_behind: list[str] = []
        trouble = ""
        try:
            ask.sign_in()
            self._ask_everything(ask, organization, options, left_behind)
        except HubError as problem:
            trouble = f"Docker Hub stopped the probe: {problem}."
        finally:
            ask.close()
            written = write_records(ask.records, folder, organization)
            self.stdout.write(f"{len(written)} raw answers are in {folder}, without secrets and addresses.")
            for sentence in left_behind:
                self.stderr.write(sentence)
        if trouble:
            raise CommandError(trouble)
        self.stdout.write(f"Try them: manage.py hub_sandbox --truth {folder}")
        if left_behind:
            sys.exit(NOT_SOUND)

    def _ask_everything(
        self, ask: Recorder, organization: str, options: dict[str, Any], left_behind: list[str]
    ) -> None:
        member = ask_without_writing(ask, organization, _other(options["docker_id"]))
        writing = Writing(
            ask,
            organization,
            token_hex(3),
            member=member,
            invite_address=options["invite"].strip(),
            try_last_owner=options["last_owner"],
            left_behind=left_behind,
        )
        if options["yes"] or self._may_write(writing):
            writing.run()
        else:
            self.stdout.write("Nothing was written.")

    def _may_write(self, writing: Writing) -> bool:
        """Asks the person, who types the organization's name: a wrong "y" would be typed too quickly."""
        more = INVITES.format(address=writing.invite_address) if writing.invite_address else ""
        more += DEMOTES if writing.try_last_owner else ""
        self.stdout.write(
            WRITES.format(
                organization=writing.organization,
                name=writing.name,
                member=writing.member or "nobody",
                more=more,
            )
        )
        try:
            typed = input(f"Type {writing.organization} to go on, anything else to stop here: ")
        except EOFError:
            return False
        return typed.strip().lower() == writing.organization


def _other(docker_id: str) -> OtherAccount:
    return OtherAccount(
        docker_id.strip().lower(),
        os.environ.get("HUB_PROBE_PERSONAL_TOKEN", ""),
        os.environ.get("HUB_PROBE_PASSWORD", ""),
    )
