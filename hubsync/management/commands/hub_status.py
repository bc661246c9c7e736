"""Where schools stand with Docker Hub: since when, what waits for whom, and what it cost."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from hubsync.account.find import NoSuchAccount, find_account
from hubsync.pages.waiting import what_waits
from hubsync.pages.watching import Watched, all_schools
from hubsync.words.troubles import sentence_of_code

NEEDS_ATTENTION = 2


class Command(BaseCommand):
    help = "Shows where schools stand with Docker Hub. Ends with 0, or with 2 if one of them needs attention."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "school",
            nargs="?",
            help="id or name of the school, or the name of its account on Docker Hub; all where left out",
        )
        parser.add_argument("--json", action="store_true", help="print it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        schools = _chosen(options["school"])
        with translation.override("en"):
            rows = [_facts(one) for one in schools]
        self.stdout.write(
            json.dumps(rows, ensure_ascii=False, indent=2) if options["json"] else "\n".join(map(_text, rows))
        )
        if any(one.needs_attention for one in schools):
            sys.exit(NEEDS_ATTENTION)


def _chosen(name: str | None) -> list[Watched]:
    if name is None:
        return all_schools()
    try:
        account = find_account(name)
    except NoSuchAccount as problem:
        raise CommandError(str(problem)) from problem
    return [one for one in all_schools() if one.account.pk == account.pk]


def _facts(one: Watched) -> dict[str, Any]:
    standing, sync = one.standing, one.standing.sync
    times = {
        "in_sync_at": standing.in_sync_at,
        "proven_at": standing.proven_at,
        "next_at": standing.tried_again_at,
    }
    return {
        "school": one.account.school.name,
        "account": one.account.name,
        "state": "stuck" if standing.is_stuck else standing.state,
        **{name: at.isoformat(timespec="seconds") if at else None for name, at in times.items()},
        "trouble": standing.failure,
        "trouble_sentence": str(sentence_of_code(standing.failure)),
        "attempts": sync.attempts if sync else 0,
        "holds": standing.holds,
        "waits": [waiting.sentence for waiting in what_waits(one.account, standing)],
        "calls_last_run": one.last_run,
        "calls_last_day": one.last_day,
    }


def _text(row: dict[str, Any]) -> str:
    lines = [f"{row['school']} ({row['account']}): {row['state']}, proven {row['proven_at'] or 'never'}"]
    lines += [f"  trouble: {row['trouble_sentence']}"] if row["trouble"] else []
    lines += [f"  {row['holds']} sets of removals wait for approval"] if row["holds"] else []
    lines += [f"  waits: {sentence}" for sentence in row["waits"]]
    lines.append(f"  calls: {row['calls_last_run']} in the last run, {row['calls_last_day']} in the last day")
    return "\n".join(lines)
