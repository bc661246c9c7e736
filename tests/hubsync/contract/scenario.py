"""Every method of the client, called on the local Docker Hub as the portal calls it; what was said is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hubsync.hub.client import HubConnection, HubReader, HubWriter
from hubsync.hub.scope_probe import probe_scopes
from hubsync.hub.scopes import NEEDED_SCOPES, Scope
from hubsync.sandbox.records import Team
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.hubsync.contract.recording import Exchange, Recorder, Watched
from tests.hubsync.local_hub import ORGANIZATION, make_world

TEAM, OTHER_TEAM = "smr1-2627", "daw2-2627"
ALL_SCOPES = (*NEEDED_SCOPES, Scope.SETTINGS_ADMIN)


@dataclass(frozen=True)
class Setting:
    """A local Docker Hub that has turned its switches, and has no such routes as these ("METHOD pattern")."""

    switches: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = [f"{name}={value}" for name, value in self.switches.items()]
        return ", ".join([*said, *(f"no {route}" for route in self.missing)]) or "as the evidence favours"


USUAL = Setting()
# Fewer routes, so that each route that the client may try is seen.
SETTINGS = (
    USUAL,
    Setting({"legacy_permission_routes": "no organization token", "team_repositories_route": False}),
    Setting({"namespaces_permission_routes": False, "namespaces_privacy_route": False}),
    Setting(
        missing=(
            "POST /v2/repositories/*/groups",
            "PATCH /v2/namespaces/*/repositories/practica-1",
            "GET /v2/repositories/*/collaborators/",
        )
    ),
)


@dataclass
class Talk:
    """Somebody who reads and writes on one local Docker Hub, with a recorder between."""

    world: World
    url: str
    token: str
    recorder: Recorder

    def reader(self, name: str = ORGANIZATION, secret: str | None = None) -> Any:
        return Watched(HubReader(self._connection(name, secret)), self.recorder)

    def writer(self, name: str = ORGANIZATION, secret: str | None = None) -> Any:
        return Watched(HubWriter(self._connection(name, secret)), self.recorder)

    def probe(self) -> None:
        self.recorder.caller = "probe_scopes"
        probe_scopes(HubReader(self._connection(ORGANIZATION, None)), ORGANIZATION)
        self.recorder.caller = ""

    def _connection(self, name: str, secret: str | None) -> HubConnection:
        value = self.token if secret is None else secret
        return HubConnection(self.url, name, value, adapter=self.recorder, sleep=lambda seconds: None)


def everything_said(setting: Setting) -> list[Exchange]:
    """All exchanges of the whole scenario on a local Docker Hub of this setting."""
    with talk(setting) as one:
        team = _people(one)
        _teams(one)
        _images(one, team)
        _collaborators(one)
        one.probe()
        _leaving(one)
        return one.recorder.exchanges


@contextmanager
def talk(setting: Setting) -> Iterator[Talk]:
    world, _ = make_world()
    _, token = world.add_organization_token(
        ORGANIZATION, label="everything", scopes=ALL_SCOPES, created_by="anatriana"
    )
    for name, value in setting.switches.items():
        world.switches.turn(name, value)
    for route in setting.missing:
        method, _, path = route.partition(" ")
        world.faults.add("error", method=method, path=path, status=404)
    with serve(world) as server:
        recorder = Recorder()
        try:
            yield Talk(world, server.url, token, recorder)
        finally:
            recorder.close()


def _people(one: Talk) -> Team:
    reader, writer, world = one.reader(), one.writer(), one.world
    for name in (ORGANIZATION, "iesmacarena"):
        one.reader("", "").get_organization(name)
        reader.find_organization(name)
    reader.find_user("bruno")
    reader.find_user("nobody")
    team = world.add_team(ORGANIZATION, TEAM, description="1º SMR")
    reader.check_invitees(ORGANIZATION, ["bruno", "nobody-at-all"], TEAM)
    writer.invite(ORGANIZATION, ["bruno", "carla@example.com", "nobody-at-all"], team=TEAM)
    reader.list_members(ORGANIZATION)
    reader.list_members(ORGANIZATION, with_invitees=True)
    invites = {invite.invitee: invite.id for invite in reader.list_invites(ORGANIZATION).rows}
    writer.resend_invite(invites["carla@example.com"])
    writer.cancel_invite(invites["carla@example.com"])
    writer.cancel_invite(invites["carla@example.com"])
    world.accept_invite(invites["bruno"], "bruno")
    writer.invite(ORGANIZATION, ["bruno"])
    writer.change_role(ORGANIZATION, "bruno", "editor")
    writer.change_role(ORGANIZATION, "bruno", "member")
    return team


def _teams(one: Talk) -> None:
    reader, writer = one.reader(), one.writer()
    writer.create_team(ORGANIZATION, OTHER_TEAM, "2º DAW")
    writer.create_team(ORGANIZATION, OTHER_TEAM)
    writer.add_to_team(ORGANIZATION, OTHER_TEAM, "bruno")
    writer.add_to_team(ORGANIZATION, OTHER_TEAM, "bruno")
    writer.add_to_team(ORGANIZATION, OTHER_TEAM, "carla")
    reader.list_teams(ORGANIZATION)
    reader.find_team(ORGANIZATION, OTHER_TEAM)
    reader.find_team(ORGANIZATION, "never")
    reader.list_team_members(ORGANIZATION, OTHER_TEAM)
    writer.remove_from_team(ORGANIZATION, OTHER_TEAM, "bruno")
    writer.remove_from_team(ORGANIZATION, OTHER_TEAM, "bruno")
    writer.describe_team(ORGANIZATION, OTHER_TEAM, "2º DAW, tarde")
    writer.rename_team(ORGANIZATION, OTHER_TEAM, f"{OTHER_TEAM}-b")
    writer.delete_team(ORGANIZATION, f"{OTHER_TEAM}-b")
    writer.delete_team(ORGANIZATION, f"{OTHER_TEAM}-b")


def _images(one: Talk, team: Team) -> None:
    reader, writer = one.reader(), one.writer()
    writer.create_repository(ORGANIZATION, "practica-1", is_private=True, description="Apache")
    writer.create_repository(ORGANIZATION, "practica-1", is_private=True)
    writer.describe_repository(ORGANIZATION, "practica-1", "Nginx", "# Nginx")
    writer.change_privacy(ORGANIZATION, "practica-1", is_private=False)
    reader.list_repositories(ORGANIZATION)
    for name in ("practica-1", "exam", "never"):
        reader.get_repository(ORGANIZATION, name)
        reader.find_repository(ORGANIZATION, name)
        reader.list_tags(ORGANIZATION, name)
    reader.find_tag(ORGANIZATION, "exam", "1.0")
    reader.find_tag(ORGANIZATION, "exam", "never")
    writer.assign_permission(ORGANIZATION, "exam", team.id, "read")
    writer.assign_permission(ORGANIZATION, "exam", team.id, "read")
    reader.list_repository_permissions(ORGANIZATION, "exam")
    reader.find_permission(ORGANIZATION, "exam", team.id)
    writer.change_permission(ORGANIZATION, "exam", team.id, "write")
    reader.list_team_repositories(ORGANIZATION, TEAM)
    writer.remove_permission(ORGANIZATION, "exam", team.id)
    writer.remove_permission(ORGANIZATION, "exam", team.id)

    reader.get_immutable_tags(ORGANIZATION, "exam")
    reader.check_immutable_rule(ORGANIZATION, "exam", "1.*")
    writer.set_immutable_tags(ORGANIZATION, "exam", enabled=True, rules=["1.*"])


def _collaborators(one: Talk) -> None:
    one.world.add_repository("anatriana", "lamp")
    _, token = one.world.add_personal_token("anatriana", label="aulahub", scopes=["repo:admin"])
    reader, writer = one.reader("anatriana", token), one.writer("anatriana", token)
    writer.add_collaborator("anatriana", "lamp", "bruno")
    reader.list_collaborators("anatriana", "lamp")
    writer.remove_collaborator("anatriana", "lamp", "bruno")
    writer.remove_collaborator("anatriana", "lamp", "bruno")


def _leaving(one: Talk) -> None:
    reader, writer = one.reader(), one.writer()
    reader.list_access_tokens(ORGANIZATION)
    one.reader("anatriana", one.world.users["anatriana"].password).list_access_tokens(ORGANIZATION)
    one.world.clock.move(seconds=120)
    reader.list_audit_log(ORGANIZATION, since=datetime(2026, 1, 1, tzinfo=UTC), action="org.team.create")
    reader.list_audit_actions(ORGANIZATION)
    writer.remove_member(ORGANIZATION, "bruno")
    writer.remove_member(ORGANIZATION, "bruno")
    writer.remove_member(ORGANIZATION, "anatriana")
    one.reader(ORGANIZATION, "dckr_oat_wrong").list_teams(ORGANIZATION)
