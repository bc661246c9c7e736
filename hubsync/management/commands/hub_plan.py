"""What the portal would change on Docker Hub for one school, without changing anything."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hubsync.account.find import NoSuchAccount, find_account
from hubsync.hub.errors import HubError
from hubsync.models import HubAccount, ObservedPerson
from hubsync.planning.plan import Plan
from hubsync.planning.plan_json import NoPlan, difference, plan_as_data, read_plan
from hubsync.sync.reconcile import plan_organization
from hubsync.words.changes import change_sentence
from hubsync.words.plan_text import plan_text
from hubsync.words.troubles import trouble_sentence
from hubsync.words.who import WhoIsWho, who_is_who

CHANGES_WAIT = 2


class Command(BaseCommand):
    help = (
        "Shows what would be changed on Docker Hub. Ends with 0 if nothing, 2 if changes wait, 1 after an error. "
        "With --compare it ends with 0 if the plan is still the one in the file, with 2 if it is another."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "school", help="id or name of the school, or the name of its account on Docker Hub"
        )
        parser.add_argument("--json", action="store_true", help="print the plan as JSON")
        parser.add_argument("--compare", metavar="FILE", help="compare with a plan that was kept with --json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = find_account(options["school"])
            kept = read_kept_plan(options["compare"], account) if options["compare"] else None
            plan = plan_organization(account)
        except NoSuchAccount as problem:
            raise CommandError(str(problem)) from problem
        except HubError as problem:
            raise CommandError(f"{trouble_sentence(problem)} ({problem})") from problem
        if kept is not None:
            self._compare(kept, plan, who_is_who(account))
        else:
            self._show(account, plan, as_json=options["json"])

    def _show(self, account: HubAccount, plan: Plan, *, as_json: bool) -> None:
        data = json.dumps(plan_as_data(plan, account.name), ensure_ascii=False, indent=2)
        self.stdout.write(data if as_json else text_of(account, plan))
        if not plan.is_empty:
            sys.exit(CHANGES_WAIT)

    def _compare(self, kept: Plan, plan: Plan, who: WhoIsWho) -> None:
        found = difference(kept, plan)
        if found.is_none:
            self.stdout.write(_("The plan is still the same."))
            return
        for heading, changes in ((_("New:"), found.new), (_("No longer needed:"), found.gone)):
            if changes:
                self.stdout.write(heading)
            for change in changes:
                self.stdout.write(f"  - {change_sentence(change.kind, change.facts(), who)}")
        sys.exit(CHANGES_WAIT)


def text_of(account: HubAccount, plan: Plan) -> str:
    """The plan in the words of the page."""
    taken = ObservedPerson.objects.filter(account=account).count()
    return plan_text(plan, who_is_who(account), seats=account.seats, taken=taken)


def read_kept_plan(path: str, account: HubAccount) -> Plan:
    """The plan in a file. Raises CommandError with a sentence for what cannot be read or is none of this account."""
    try:
        return read_plan(json.loads(Path(path).read_text(encoding="utf-8")), account.name)
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem
    except (ValueError, NoPlan) as problem:
        raise CommandError(f"{path} holds no plan for {account.name}: {problem}.") from problem
