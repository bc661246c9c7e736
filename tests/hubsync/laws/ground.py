"""A school, its organization on the local Docker Hub, one clock and a worker, all in one process: the ground of the laws."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.test import override_settings

from classrooms.models import ClassGroup, Student, TeacherRole, User
from hubsync.credentials import keep_credential
from hubsync.models import HubAccount, RemoteObject, SyncRun
from hubsync.sandbox.records import Team
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.world import World
from hubsync.sync.reconcile import reconcile_organization
from hubsync.sync.schedule import sync_of
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_school,
    make_student,
    make_teacher,
)
from tests.hubsync.laws.clock import Clock, one_clock
from tests.hubsync.laws.wire import URL, Wire, wired
from tests.hubsync.stage import ORGANIZATION, Stage

STUDENTS = ("bruno", "hugo", "irene", "jorge", "nerea", "olga", "pedro", "quique", "rosa", "sara")
TEACHERS = ("marta", "pablo")
# People who are there without the portal: a member of a team of their own, and somebody who was invited by hand.
STRANGER, INVITED_BY_HAND, HAND = "dario", "carla", "handmade"
LEASE_SECONDS = 46


@dataclass
class Ground(Stage):
    """A stage whose time moves on, and which remembers what was done by hand on Docker Hub."""

    clock: Clock
    wire: Wire
    ana: User
    # Teams that somebody made by hand: they are not the portal's, whatever they are called.
    teams_by_hand: set[str] = field(default_factory=set)
    members_by_hand: set[str] = field(default_factory=set)
    # Who declined, let an invitation lapse, or was taken out by hand: nobody is asked a second time.
    gave_up: set[str] = field(default_factory=set)
    # How often a person of the school asked for another invitation.
    asked_again: dict[str, int] = field(default_factory=dict)
    secret: str = ""

    def is_asked_again(self, invitee: str) -> None:
        self.asked_again[invitee] = self.asked_again.get(invitee, 0) + 1
        self.gave_up.discard(self.account_of(invitee))

    def account_of(self, invitee: str) -> str:
        """The Docker ID of whoever this invitation is for."""
        user = self.world.find_user(invitee)
        return user.username if user else invitee

    def called(self, docker_id: str) -> str:
        """What this student's account is called by now."""
        return docker_id if docker_id in self.world.users else other_name(docker_id)

    def wait(self, **time: float) -> None:
        """Time passes on both sides, and what Docker Hub asked to wait for has passed if it was as long."""
        self.clock.move(**time)

    def run_if_free(self) -> SyncRun | None:
        """One run of a worker that does not wait to be told; None where another worker holds the lease."""
        return reconcile_organization(self.account.pk, even_if_not_due=True)

    def settle(self, most: int = 6) -> SyncRun:
        """Run until nothing is left to do; a minute and more passes between the runs."""
        for _ in range(most):
            self.wait(seconds=LEASE_SECONDS + 15)
            run = self.run()
            if self.is_settled:
                return run
        raise AssertionError(f"not settled: {self.told(run)}")

    @property
    def is_settled(self) -> bool:
        sync = self.sync
        return bool(sync.in_sync_at) and sync.handled_generation == sync.generation

    def told(self, run: SyncRun) -> str:
        changes = [(one.kind, one.facts, one.state, one.hub_text) for one in run.changes.all()]
        return f"{run.result} {run.trouble} {run.detail} {run.proof.get('notes')} {changes}"

    def claims(self, kind: str = RemoteObject.Kind.TEAM) -> list[RemoteObject]:
        return list(RemoteObject.objects.filter(account=self.account, kind=kind))

    def claimed(self, class_group: ClassGroup) -> str:
        """What the class's team is called on Docker Hub."""
        return RemoteObject.objects.get(account=self.account, class_group=class_group).name

    def find_team(self, uuid: str) -> Team | None:
        """The team of this uuid, which the API writes without hyphens."""
        plain = uuid.replace("-", "")
        teams = self.world.teams[ORGANIZATION].values()
        return next((one for one in teams if one.uuid.replace("-", "") == plain), None)

    def hand_made_team(self, name: str) -> Team:
        """Somebody makes a team by hand, with the stranger in it and a right to write."""
        team = self.world.add_team(ORGANIZATION, name, description="by hand")
        self.world.add_to_team(team, STRANGER)
        self.world.grant(self.world.get_repository(ORGANIZATION, "lamp"), team, "write")
        self.teams_by_hand.add(team.uuid)
        return team


def make_world() -> World:
    world = World()
    people = ("anaruiz", "second", STRANGER, INVITED_BY_HAND, *TEACHERS, *STUDENTS)
    for name in people:
        world.add_user(name, email=f"{name}@example.org")
    world.add_organization(ORGANIZATION, owner="anaruiz", seats=30)
    world.take_seat(ORGANIZATION, "second", "owner")
    world.take_seat(ORGANIZATION, STRANGER, "member")
    world.invite_all(ORGANIZATION, [INVITED_BY_HAND], role="member", team=None, inviter=HAND)
    world.add_repository(ORGANIZATION, "lamp")
    world.add_repository(ORGANIZATION, "examen", is_private=True)
    world.add_repository(ORGANIZATION, "redes", is_private=True)
    # A limit that nobody meets: what the portal makes of a limit has tests of its own.
    world.limits.signed_in_per_minute = world.limits.anonymous_per_minute = 1_000_000
    return world


@contextmanager
def ground(patch: Any) -> Iterator[Ground]:
    """1º SMR with Ana, Bruno and two images (as on the stage), beside things that are not the school's."""
    with one_clock(patch) as clock:
        world = make_world()
        with (
            wired(world, patch) as wire,
            override_settings(HUB_URL=URL, REGISTRY_URL=URL, HUB_CALLS_PER_MINUTE=1_000_000),
        ):
            yield _people(world, clock, wire)


def _people(world: World, clock: Clock, wire: Wire) -> Ground:
    school = make_school()
    ana = make_teacher(school, "Ana", role="owner", docker_id="anaruiz")
    smr = make_class_group(school, teacher=ana, students_are_members=True)
    make_student(smr, "Bruno", docker_id="bruno")
    for name in TEACHERS:
        make_teacher(school, name.title())
    for name, is_private in (("examen", True), ("lamp", False)):
        make_assigned_image(smr, make_image(school, f"{ORGANIZATION}/{name}", is_private=is_private))
    make_image(school, f"{ORGANIZATION}/redes", is_private=True)
    account = HubAccount.objects.create(school=school, name=ORGANIZATION, seats=30, is_active=True)
    scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
    _, secret = world.add_organization_token(
        ORGANIZATION, label="aulahub", scopes=scopes, created_by="anaruiz"
    )
    keep_credential(account, secret)
    sync_of(account)
    made = Ground(world, account, school, smr, clock, wire, ana, secret=secret)
    made.members_by_hand.add(STRANGER)
    made.hand_made_team("proyectos")
    made.wish()
    return made


def other_name(docker_id: str) -> str:
    """What somebody calls themselves who chooses another Docker ID; what they were called before, the second time."""
    return docker_id.removesuffix("2") if docker_id.endswith("2") else f"{docker_id}2"


def role_of(ground: Ground, docker_name: str) -> TeacherRole:
    return TeacherRole.objects.get(school=ground.school, user__username=docker_name)


def student_of(ground: Ground, docker_id: str) -> Student | None:
    names = (docker_id, other_name(docker_id))
    return Student.objects.filter(school=ground.school, docker_id__in=names).first()


def active_classes(ground: Ground) -> list[ClassGroup]:
    return list(ClassGroup.objects.filter(school=ground.school, archived_at=None).order_by("pk"))
