"""Schools of the five sizes of the design, an empty organization for each, and the floors that its calls are held to."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from classrooms.models import AssignedImage, ClassGroup, Enrolment, Image, School, Student
from hubsync.credentials import keep_credential
from hubsync.models import HubAccount, PermissionReading, SealedCredential, SyncRun
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.world import World
from hubsync.sync.reconcile import reconcile_organization
from hubsync.sync.schedule import sync_of
from tests.factories import make_class_group, make_school

ORGANIZATION = "iesgrande"
PAGE = 100


@dataclass(frozen=True)
class Size:
    """Members (three of them owners), teams, memberships of teams, repositories, permissions of teams."""

    members: int
    teams: int
    memberships: int
    repositories: int
    permissions: int
    owners: int = 3

    @property
    def invited(self) -> int:
        return self.members - self.owners

    @property
    def lists(self) -> int:
        """The sign-in and the four lists."""
        return 2 + ceil(self.members / PAGE) + ceil(self.teams / PAGE) + ceil(self.repositories / PAGE)

    @property
    def noop_floor(self) -> int:
        return self.lists + min(self.repositories, self.teams)

    @property
    def first_floor(self) -> int:
        """A sign-in, four lists of next to nothing, and one call for each thing that is to be made."""
        later = max(0, self.memberships - self.invited)
        return 5 + self.teams + self.repositories + self.teams + later + self.permissions


SIZES = {
    "I": Size(12, 8, 20, 40, 60),
    "F": Size(100, 30, 150, 100, 200),
    "A": Size(120, 6, 120, 40, 60),
    "B": Size(600, 24, 600, 150, 360),
    "C": Size(2500, 100, 3000, 500, 2000),
}


@dataclass
class Counted:
    """One school and its organization; every count is taken by the local Docker Hub."""

    size: Size
    world: World
    account: HubAccount
    # All calls so far, of first syncs and of looks.
    total: int = 0

    def run(self) -> SyncRun:
        """One run; where no call is left in this minute, it is tried again until there is one."""
        while True:
            run = reconcile_organization(self.account.pk, even_if_not_due=True)
            assert run is not None and run.result != SyncRun.Result.FAILED, run and run.detail
            if run.calls or run.result != SyncRun.Result.INTERRUPTED:
                return run

    def first_sync(self) -> int:
        """Calls from an organization with its owners only to the whole wish.

        A look follows to verify, and one notices who accepted: these are regular looks and are counted as such, not here.
        """
        calls = self._until_done()
        for invite in list(self.world.pending_invites[ORGANIZATION].values()):
            self.world.accept_invite(invite.id)
        noticed = self._calls_of_one_run()
        calls += sum(noticed.values()) - noticed["GET"]
        return calls + (self._until_done() if self._goes_on() else 0)

    def settle(self) -> None:
        """Look until nothing is left to do."""
        for _ in range(40):
            self.run()
            sync = sync_of(self.account)
            if sync.in_sync_at and sync.handled_generation == sync.generation:
                return
        raise AssertionError("not settled")

    def noop(self) -> int:
        """Calls of a look an hour later, when the bearer of the last one is over; it has to write nothing."""
        SealedCredential.objects.update(sealed_bearer="", bearer_until=None)
        calls = self._calls_of_one_run()
        assert calls["POST"] <= 1 and not calls["PUT"] + calls["PATCH"] + calls["DELETE"], calls
        return sum(calls.values())

    def by_repository(self) -> None:
        """Docker Hub has no route that lists a team's repositories; everything has been read once without it."""
        self.world.switches.team_repositories_route = False
        PermissionReading.objects.all().delete()
        self.settle()

    def _until_done(self) -> int:
        """Calls until no slice leaves anything of its plan."""
        calls = 0
        for _ in range(100):
            calls += sum(self._calls_of_one_run().values())
            if not self._goes_on():
                return calls
        raise AssertionError("the plan has no end")

    def _goes_on(self) -> bool:
        return SyncRun.objects.filter(account=self.account)[0].may_go_on

    def _calls_of_one_run(self) -> dict[str, int]:
        self.world.journal.forget()
        self.run()
        methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
        calls = {method: self.world.journal.by_method[method] for method in methods}
        self.total += sum(calls.values())
        return calls


def make_organization(size: Size) -> tuple[World, str]:
    """An organization that holds only its owners; the second is a token of it."""
    world = World()
    world.limits.anonymous_per_minute = world.limits.signed_in_per_minute = None
    world.add_user("owner0", email="owner0@example.org")
    world.add_organization(ORGANIZATION, owner="owner0", seats=100).seats = size.members + 10
    for number in range(1, size.owners):
        world.add_user(f"owner{number}", email=f"owner{number}@example.org")
        world.take_seat(ORGANIZATION, f"owner{number}", "owner")
    for number in range(size.invited):
        world.add_user(f"person{number}", email=f"person{number}@example.org")
    scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
    _, secret = world.add_organization_token(ORGANIZATION, label="calls", scopes=scopes, created_by="owner0")
    return world, secret


def make_wishes(size: Size, secret: str) -> HubAccount:
    """A school of this size that wants everything: its rows are written many at a time."""
    school = make_school(f"IES {size.members}", namespace=ORGANIZATION)
    groups = [
        make_class_group(school, f"{number + 1}º SMR", students_are_members=True)
        for number in range(size.teams)
    ]
    _enrol(school, groups, size)
    _assign(school, groups, size)
    account = HubAccount.objects.create(school=school, name=ORGANIZATION, is_active=True, staff_team="")
    keep_credential(account, secret)
    sync_of(account)
    return account


def _enrol(school: School, groups: list[ClassGroup], size: Size) -> None:
    students = Student.objects.bulk_create(
        Student(school=school, given_name=f"Person{number}", docker_id=f"person{number}")
        for number in range(size.invited)
    )
    # Each is in one class, and then one after the other in the next class too.
    Enrolment.objects.bulk_create(
        Enrolment(
            student=students[one % len(students)],
            class_group=groups[(one + one // len(students)) % len(groups)],
        )
        for one in range(size.memberships)
    )


def _assign(school: School, groups: list[ClassGroup], size: Size) -> None:
    images = Image.objects.bulk_create(
        Image(
            school=school,
            repository=f"{ORGANIZATION}/image{number}",
            is_own=True,
            is_private=True,
            is_wanted=True,
        )
        for number in range(size.repositories)
    )
    # Spread evenly; whatever remains is given to the first classes.
    pairs = (
        (one % len(groups), one // len(groups) + one % len(groups) * 7) for one in range(size.permissions)
    )
    AssignedImage.objects.bulk_create(
        AssignedImage(class_group=groups[group], image=images[image % len(images)]) for group, image in pairs
    )
