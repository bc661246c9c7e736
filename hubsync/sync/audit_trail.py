"""Who did what on Docker Hub since the last look, by its activity log: a hint for the pages, never a reason to act.

It is a reason not to: whom it says that an invitation was sent to is not mailed again (`SentByTheLog`).

The log is of Docker's Team plan, needs a scope of its own, lags behind and promises no order. Where it cannot be read
nothing is known of who it was, and everything else goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from hubsync.hub.audit_answers import AuditEntry
from hubsync.hub.errors import HubAuthLost, HubError, HubThrottled
from hubsync.hub.reader import HubReader
from hubsync.models import HubAccount
from hubsync.planning.changes import Change

# Hub: the API shows more than the month that the site shows; a week is as long as a fight is counted.
HOW_FAR_BACK = timedelta(days=7)
# Docker Hub's clock and ours.
CLOCKS_DIFFER_BY = timedelta(seconds=10)
# Hub: not in the reference; what an organization's own log calls them.
INVITE_LINES = "org.member.invite"


@dataclass(frozen=True)
class Deed:
    """Who did it, and when; either may be unknown."""

    actor: str = ""
    at: datetime | None = None


# What the log calls each kind of drift, and which of its facts the line must name.
_LINES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "team_deleted": (("org.team.delete",), ("team",)),
    "team_renamed": (("org.team.update",), ("team",)),
    "team_described": (("org.team.update",), ("team",)),
    "member_added": (("org.team.member.add",), ("team", "docker_id")),
    "member_removed": (("org.team.member.remove",), ("team", "docker_id")),
    "person_left": (("org.member.remove",), ("docker_id",)),
    "invite_cancelled": (("org.member.invite.cancel",), ("invitee",)),
    "permission_given": (("repo.team.permission.change",), ("team", "repository")),
    "permission_taken": (("repo.team.permission.change",), ("team", "repository")),
    "permission_changed": (("repo.team.permission.change",), ("team", "repository")),
}
# A change of ours that is needed again, and what somebody did to make it so.
_UNDONE_BY = {
    "create_team": "team_deleted",
    "rename_team": "team_renamed",
    "describe_team": "team_described",
    "add_to_team": "member_removed",
    "remove_from_team": "member_added",
    "assign_permission": "permission_taken",
    "change_permission": "permission_changed",
    "remove_permission": "permission_given",
}


class Trail:
    """The lines of the log since some time; empty where it could not be read."""

    def __init__(self, entries: Iterable[AuditEntry] = ()) -> None:
        newest_last = sorted(entries, key=lambda one: one.at.timestamp() if one.at else 0)
        self.entries = tuple(reversed(newest_last))

    def who(self, kind: str, facts: dict[str, str]) -> Deed:
        """Who did such a thing last."""
        actions, names = _LINES.get(kind, ((), ()))
        wanted = {str(facts[name]).lower() for name in names if facts.get(name)}
        for one in self.entries:
            # Hub: a repository is named with its organization in front.
            if one.action in actions and wanted <= one.about | {
                name.rpartition("/")[2] for name in one.about
            }:
                return Deed(one.actor, one.at)
        return Deed()


class SentByTheLog:
    """Whether the log tells that an invitation was sent; read once, and only if somebody asks."""

    def __init__(self, account: HubAccount, reader: HubReader) -> None:
        self.account, self.reader = account, reader
        self._trail: Trail | None = None

    def __call__(self, invitee: str, since: datetime) -> bool:
        """Since that moment. No where the log cannot be read. Raises only what stops every other call as well."""
        since -= CLOCKS_DIFFER_BY
        self._trail = self._trail or read_trail(self.account, self.reader, since)
        return any(
            one.action.startswith(INVITE_LINES)
            and not one.action.endswith(".cancel")
            and invitee.lower() in one.about
            and one.at is not None
            and one.at >= since
            for one in self._trail.entries
        )


def read_trail(account: HubAccount, reader: HubReader, since: datetime) -> Trail:
    """The log since then: one call, its newest page. Raises only what stops every other call as well."""
    try:
        found = reader.list_audit_log(account.name, since=since, most_pages=1)
    except (HubThrottled, HubAuthLost):
        raise
    except HubError:
        return Trail()
    return Trail(found.rows)


def who_changed(
    account: HubAccount, reader: HubReader, changes: Iterable[Change], since: datetime | None = None
) -> dict[Change, Deed]:
    """Who made these changes of ours necessary again; one call for all, and no entry for what the log does not tell."""
    trail = read_trail(account, reader, since or timezone.now() - HOW_FAR_BACK)
    found = {
        change: trail.who(
            _UNDONE_BY.get(change.kind, ""), {name: str(value) for name, value in change.facts().items()}
        )
        for change in changes
    }
    return {change: deed for change, deed in found.items() if deed.actor}
