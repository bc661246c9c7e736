"""A school on one side, a local Docker Hub on the other, and a worker between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from classrooms.models import ClassGroup, School
from hubsync.credentials import keep_credential
from hubsync.hub.client import HubReader
from hubsync.models import HubAccount, OrganizationSync, SyncChange, SyncRun
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.server import RunningServer, serve
from hubsync.sandbox.world import World
from hubsync.sync.asked_plans import make_asked_plan
from hubsync.sync.budget import Budget
from hubsync.sync.looking import look
from hubsync.sync.reconcile import reconcile_organization
from hubsync.sync.schedule import request_reconcile, sync_of
from hubsync.sync.worker_connection import worker_connection
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_school,
    make_student,
    make_teacher,
)

ORGANIZATION = "iestriana"
SIGN_IN = "/v2/auth/token"
WRITING = ("POST", "PUT", "PATCH", "DELETE")


@dataclass
class Stage:
    """Everything that a story needs: `wish` and `run` it, then look at the world."""

    world: World
    account: HubAccount
    school: School
    smr: ClassGroup

    def wish(self) -> None:
        request_reconcile(self.account)

    def run(self) -> SyncRun:
        run = reconcile_organization(self.account.pk, even_if_not_due=True)
        assert run is not None
        return run

    def look(self) -> None:
        """Renew what the pages show of Docker Hub, and change nothing there."""
        with worker_connection(self.account, Budget(is_urgent=True)) as hub:
            look(self.account, HubReader(hub.connection), {})

    def settle(self, most: int = 5) -> SyncRun:
        """Run until nothing is left to do; a minute passes between the runs."""
        for _ in range(most):
            run = self.run()
            if self.sync.in_sync_at and self.sync.handled_generation == self.sync.generation:
                return run
            self.let_pass(seconds=61)
        raise AssertionError(
            f"not settled: {run.result} {run.trouble} {run.detail} {list(run.changes.all())}"
        )

    def lose_worker(self) -> None:
        """The worker that held the lease is dead for longer than the lease lasts."""
        OrganizationSync.objects.update(lease_expires_at=F("lease_expires_at") - timedelta(minutes=1))

    def let_pass(self, **time: float) -> None:
        """What is in the journal happened that much longer ago."""
        SyncChange.objects.filter(sent_at__isnull=False).update(sent_at=F("sent_at") - timedelta(**time))

    @property
    def sync(self) -> OrganizationSync:
        return OrganizationSync.objects.get(account=self.account)

    @property
    def writes(self) -> list[str]:
        """What was asked that changes something: "POST /v2/…"."""
        asked = self.world.journal.requests
        return [f"{one.method} {one.path}" for one in asked if one.method in WRITING and one.path != SIGN_IN]

    def forget_requests(self) -> None:
        self.world.journal.forget()

    def team(self, name: str) -> Any:
        return self.world.get_team(ORGANIZATION, name)

    def people_of(self, name: str) -> set[str]:
        return set(self.world.team_members[self.team(name).id])

    def invited(self) -> list[str]:
        """Everybody who was ever mailed, once for each invitation."""
        return sorted(invite.invitee for invite in self.world.invites.values())

    def accept(self, invitee: str) -> None:
        invite = self.world.pending_invites[ORGANIZATION][invitee]
        self.world.accept_invite(invite.id)

    def level_of(self, team: str, repository: str) -> str | None:
        found = self.world.find_repository(ORGANIZATION, repository)
        assert found is not None
        return self.world.permissions[found.id].get(self.team(team).id)


def make_world() -> World:
    world = World()
    for name in ("anaruiz", "bruno", "carla", "dario"):
        world.add_user(name, email=f"{name}@example.org")
    world.add_organization(ORGANIZATION, owner="anaruiz", seats=15)
    world.add_repository(ORGANIZATION, "lamp")
    world.add_repository(ORGANIZATION, "examen", is_private=True)
    return world


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def hub(world: World, settings: Any, tmp_path: Any) -> Iterator[RunningServer]:
    with serve(world) as hub:
        settings.HUB_URL = settings.REGISTRY_URL = hub.url
        settings.HUB_CALLS_PER_MINUTE = 100_000
        # Nor does Docker Hub tell a limit, which the portal would keep to.
        world.limits.anonymous_per_minute = world.limits.signed_in_per_minute = None
        settings.DATA_DIR = tmp_path
        yield hub


@pytest.fixture
def plans_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is there and makes a plan in the moment in which it is asked for."""
    monkeypatch.setattr("hubsync.sync.asked_plans.ring_for_plan", make_asked_plan)


@pytest.fixture
def stage(db: None, world: World, hub: RunningServer) -> Stage:
    """Ana (no Docker ID needed: she owns the organization) teaches 1º SMR, whose students are members: Bruno is one.

    The class uses the private image "examen" and the public one "lamp". The account is connected and switched on.
    """
    school = make_school()
    ana = make_teacher(school, "Ana", role="owner", docker_id="anaruiz")
    smr = make_class_group(school, teacher=ana, students_are_members=True)
    make_student(smr, "Bruno", docker_id="bruno")
    for name, is_private in (("examen", True), ("lamp", False)):
        make_assigned_image(smr, make_image(school, f"{ORGANIZATION}/{name}", is_private=is_private))
    account = HubAccount.objects.create(school=school, name=ORGANIZATION, seats=15, is_active=True)
    scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
    _, secret = world.add_organization_token(
        ORGANIZATION, label="aulahub", scopes=scopes, created_by="anaruiz"
    )
    keep_credential(account, secret)
    sync_of(account)
    return Stage(world, account, school, smr)
