"""The probes that only read. Each label is known to `hubsync/sandbox/truth.py`, which makes switches of the answers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from hubsync.hub.errors import HubAuthLost
from hubsync.hub.wire import path_of
from hubsync.probing.recording import Recorder, rows_of


@dataclass(frozen=True)
class OtherAccount:
    """A person's Docker ID with a personal token, a password, or neither: what they may do is told apart by both."""

    docker_id: str = ""
    personal_token: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def ask_without_writing(ask: Recorder, organization: str, other: OtherAccount) -> str:
    """Ask all that changes nothing. The Docker ID of a member, "" where none was seen."""
    members = ask.ask("members as the organization", "GET", path_of("orgs", organization, "members"))
    ask.ask("teams", "GET", path_of("orgs", organization, "groups"))
    ask.ask("members of a team", "GET", path_of("orgs", organization, "groups", "owners", "members"))
    ask.ask("my organizations", "GET", "/v2/user/orgs")
    ask.ask("invitations", "GET", path_of("orgs", organization, "invites"))
    ask.ask("audit log", "GET", path_of("auditlogs", organization) + "?page_size=100")
    ask.ask("actions of the audit log", "GET", path_of("auditlogs", organization, "actions"))
    ask.ask("page past the end", "GET", path_of("orgs", organization, "members") + "?page=9999&page_size=100")
    slashless = path_of("repositories", organization)
    ask.ask("older route without a slash", "GET", slashless, is_anonymous=True)
    found = [str(row["username"]) for row in rows_of(members) if isinstance(row.get("username"), str)]
    _invite_without_inviting(ask, organization, found[:1])
    _as_others(ask, organization, other)
    return found[0] if found else ""


def _invite_without_inviting(ask: Recorder, organization: str, members: list[str]) -> None:
    nobody = "aulahub-probe@nobody.invalid"
    invitees = [nobody, nobody, "not an address", *members]
    body = {"org": organization, "invitees": invitees, "role": "member", "dry_run": True}
    ask.ask("invitation that is only tried", "POST", path_of("invites", "bulk"), body)


def _as_others(ask: Recorder, organization: str, other: OtherAccount) -> None:
    members = path_of("orgs", organization, "members")
    if other.docker_id and other.personal_token:
        with suppress(HubAuthLost):
            ask.ask_as("members as a person", members, other.docker_id, other.personal_token)
    if other.docker_id and other.password:
        ask.exchange("sign in with a password", other.docker_id, other.password)
