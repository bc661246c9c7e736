"""What the portal would change on Docker Hub for one school, without changing anything."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hubsync.account.find import NoSuchAccount, find_account
from hubsync.hub.errors import HubError
from hubsync.models import HubAccount
from hubsync.planning.changes import Change
from hubsync.planning.plan import Plan
from hubsync.sync.reconcile import plan_organization
from hubsync.words.changes import change_sentence
from hubsync.words.notes import note_sentence
from hubsync.words.troubles import trouble_sentence
from hubsync.words.who import WhoIsWho, who_is_who

CHANGES_WAIT = 2


class Command(BaseCommand):
    help = "Shows what would be changed on Docker Hub. Ends with 0 if nothing, 2 if changes wait, 1 after an error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "school", help="id or name of the school, or the name of its account on Docker Hub"
        )
        parser.add_argument("--json", action="store_true", help="print the plan as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = find_account(options["school"])
            plan = plan_organization(account)
        except NoSuchAccount as problem:
            raise CommandError(str(problem)) from problem
        except HubError as problem:
            raise CommandError(f"{trouble_sentence(problem)} ({problem})") from problem
        self.stdout.write(as_json(account, plan) if options["json"] else as_text(plan, who_is_who(account)))
        if not plan.is_empty:
            sys.exit(CHANGES_WAIT)


def as_json(account: HubAccount, plan: Plan) -> str:
    """The plan for scripts; `digest` is equal for equal plans."""
    held = [{"kind": hold.kind, "reason": hold.reason, "changes": _rows(hold.changes)} for hold in plan.holds]
    notes = [{"code": note.code, **note.as_dict()} for note in plan.notes]
    shown = {
        "account": account.name,
        "digest": plan.digest,
        "changes": _rows(plan.changes),
        "holds": held,
        "notes": notes,
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def as_text(plan: Plan, who: WhoIsWho) -> str:
    """One sentence a line: what is done, what waits for approval, what was found and left alone."""
    lines = [change_sentence(change.kind, change.facts(), who) for change in plan.changes]
    lines += [
        f"[waits] {change_sentence(change.kind, change.facts(), who)}"
        for hold in plan.holds
        for change in hold.changes
    ]
    lines += [f"[note] {note_sentence(note.code, note.as_dict(), who)}" for note in plan.notes]
    return "\n".join(lines) or "Docker Hub is as the school wants it."


def _rows(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [{"kind": change.kind, "facts": change.facts()} for change in changes]
