"""A local Docker Hub with the organization iestriana, for tests of what speaks to it over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hubsync.hub.client import HubConnection, HubReader, HubWriter
from hubsync.hub.scopes import NEEDED_SCOPES
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World

ORGANIZATION = "iestriana"


@dataclass
class LocalHub:
    """The world as it is, and a reader and a writer who see it over HTTP only."""

    world: World
    url: str
    connection: HubConnection

    @property
    def reader(self) -> HubReader:
        return HubReader(self.connection)

    @property
    def writer(self) -> HubWriter:
        return HubWriter(self.connection)

    def connect(self, *scopes: str, **options: Any) -> HubConnection:
        """A connection with a fresh token of exactly these scopes."""
        _, value = self.world.add_organization_token(
            ORGANIZATION, label="another", scopes=scopes, created_by="anatriana"
        )
        return HubConnection(self.url, ORGANIZATION, value, registry_url=self.url, **options)


def make_world() -> tuple[World, str]:
    """Ana owns the organization; Bruno and Carla have Docker IDs. The second is the portal's token."""
    world = World()
    for username in ("anatriana", "bruno", "carla"):
        world.add_user(username)
    world.add_organization(ORGANIZATION, owner="anatriana", seats=5, full_name="IES Triana")
    _, token = world.add_organization_token(
        ORGANIZATION, label="portal", scopes=NEEDED_SCOPES, created_by="anatriana"
    )
    world.add_repository(ORGANIZATION, "exam", is_private=True, actor="anatriana")
    world.push_tag(ORGANIZATION, "exam", "1.0", platforms=("linux/amd64", "linux/arm64"), attestations=True)
    world.add_repository(ORGANIZATION, "web", is_private=False, actor="anatriana")
    world.push_tag(ORGANIZATION, "web", "latest", size_bytes=7_000_000)
    return world, token


@contextmanager
def local_hub() -> Iterator[LocalHub]:
    world, token = make_world()
    with serve(world) as server:
        connection = HubConnection(
            server.url, ORGANIZATION, token, registry_url=server.url, sleep=lambda seconds: None
        )
        try:
            yield LocalHub(world, server.url, connection)
        finally:
            connection.close()
