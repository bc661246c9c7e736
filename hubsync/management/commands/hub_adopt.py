"""Says at the command line what on Docker Hub is the portal's, one object at a time. Changes nothing there by itself."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from classrooms.models import ClassGroup
from hubsync.account.adoption import adopt, adopt_team, release
from hubsync.account.find import NoSuchAccount, find_account
from hubsync.account.refusals import NotConnectable
from hubsync.models import HubAccount, RemoteObject
from hubsync.pages.belongings import Belonging, belongings

Kind = RemoteObject.Kind


class Command(BaseCommand):
    help = (
        "Without more: lists what the last look found on Docker Hub and whose it is. With --team, --member or --repository: "
        "that one is the portal's from now on, or with --release no longer. The object itself stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "school", help="id or name of the school, or the name of its account on Docker Hub"
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--list", action="store_true", help="list everything (the default)")
        what.add_argument("--team", metavar="NAME")
        what.add_argument("--member", metavar="DOCKER_ID")
        what.add_argument("--repository", metavar="NAME")
        parser.add_argument(
            "--as", dest="class_group", metavar="CLASS", help="id or name of the team's class"
        )
        parser.add_argument("--mode", choices=RemoteObject.Mode.values, default=RemoteObject.Mode.AT_LEAST)
        parser.add_argument("--release", action="store_true", help="it is not the portal's any more")
        parser.add_argument("--json", action="store_true", help="print the list as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = find_account(options["school"])
            self._adopt(account, options)
        except (NoSuchAccount, NotConnectable) as problem:
            raise CommandError(str(problem)) from problem
        self._list(account, as_json=options["json"])

    def _adopt(self, account: HubAccount, options: dict[str, Any]) -> None:
        kind = next((kind for kind in (Kind.TEAM, Kind.MEMBER, Kind.REPOSITORY) if options[kind.value]), None)
        if kind is None:
            return
        name = options[kind.value]
        if options["release"]:
            release(account=account, kind=kind, name=name, by=None)
        elif kind == Kind.TEAM:
            group = _class_group(account, options["class_group"]) if options["class_group"] else None
            adopt_team(account=account, name=name, mode=options["mode"], class_group=group, by=None)
        else:
            adopt(account=account, kind=kind, name=name, by=None)

    def _list(self, account: HubAccount, *, as_json: bool) -> None:
        rows = belongings(account)
        if as_json:
            self.stdout.write(json.dumps([row.as_data() for row in rows], ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(_line(row))
        if not rows:
            self.stdout.write(_("Nobody has looked yet: start hub_plan first."))


def _class_group(account: HubAccount, wanted: str) -> ClassGroup:
    groups = ClassGroup.objects.active().filter(school=account.school)
    is_an_id = wanted.isascii() and wanted.isdigit() and len(wanted) < 19
    found = list(groups.filter(pk=wanted) if is_an_id else groups.filter(name__iexact=wanted))
    if len(found) != 1:
        raise NotConnectable(
            _("No class, or more than one, is called %(name)s: give its id.") % {"name": wanted}
        )
    return found[0]


def _line(row: Belonging) -> str:
    whose = row.mode or _("the portal’s") if row.is_ours else _("left alone")
    of_class = f" · {row.class_group}" if row.class_group else ""
    return f"[{row.kind}] {row.name}: {whose}{of_class}"
