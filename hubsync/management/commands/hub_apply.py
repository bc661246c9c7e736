"""Makes one school's account on Docker Hub as the school wants it, now, without waiting for a worker."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hubsync.account.find import NoSuchAccount, find_account
from hubsync.hub.errors import HubError
from hubsync.management.commands.hub_plan import read_kept_plan
from hubsync.models import HubAccount, SyncRun
from hubsync.sync.reconcile import plan_organization, reconcile_organization
from hubsync.sync.schedule import activate, request_reconcile
from hubsync.words.changes import change_sentence
from hubsync.words.troubles import sentence_of_code, trouble_sentence
from hubsync.words.who import WhoIsWho, who_is_who

CHANGES_WAIT = 2
Result = SyncRun.Result
WENT_WRONG = (Result.FAILED, Result.UNPROVEN)


class Command(BaseCommand):
    help = "Carries out what hub_plan shows. Ends with 0 if all is done, 2 if something still waits, 1 after an error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "school", help="id or name of the school, or the name of its account on Docker Hub"
        )
        parser.add_argument(
            "--activate", action="store_true", help="let the portal write to Docker Hub from now on"
        )
        parser.add_argument(
            "--plan", metavar="FILE", help="only if the plan is still the one kept with hub_plan --json"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = find_account(options["school"])
        except NoSuchAccount as problem:
            raise CommandError(str(problem)) from problem
        if options["plan"]:
            refuse_another_plan(options["plan"], account)
        if options["activate"]:
            activate(account)
        if not account.is_active:
            raise CommandError(
                "Nobody has let the portal write to Docker Hub yet: look at hub_plan, then add --activate."
            )
        request_reconcile(account, urgent=True)
        run = self._until_done(account.pk, who_is_who(account))
        if run.result in WENT_WRONG:
            raise CommandError(f"{sentence_of_code(run.trouble)} ({run.detail})")
        if run.result != Result.SETTLED:
            self.stdout.write(str(sentence_of_code(run.trouble) or run.get_result_display()))
            sys.exit(CHANGES_WAIT)

    def _until_done(self, account_id: int, who: WhoIsWho) -> SyncRun:
        """The last run: a long plan takes several, each as long as one may keep the lease."""
        while True:
            run = reconcile_organization(account_id, even_if_not_due=True)
            if run is None:
                raise CommandError("A worker is at it already.")
            self._tell(run, who)
            is_cut_short = run.result == Result.INTERRUPTED and not run.trouble
            if not is_cut_short or not run.changes.filter(state="planned").exists():
                return run

    def _tell(self, run: SyncRun, who: WhoIsWho) -> None:
        for change in run.changes.all():
            state = change.get_state_display()
            remark = f" {change.hub_text}" if change.hub_text else ""
            self.stdout.write(f"[{state}] {change_sentence(change.kind, change.facts, who)}{remark}")


def refuse_another_plan(path: str, account: HubAccount) -> None:
    """Raises CommandError where Docker Hub or the school's rows have changed since somebody read the plan."""
    kept = read_kept_plan(path, account)
    try:
        plan = plan_organization(account)
    except HubError as problem:
        raise CommandError(f"{trouble_sentence(problem)} ({problem})") from problem
    if plan.digest != kept.digest:
        raise CommandError(
            _(
                "The plan is another one by now, so nothing was done. "
                "Read the difference with hub_plan --compare, keep the new plan and try again."
            )
        )
