"""A school with a free personal account as a state machine: the laws that apply to it, and the day it leaves it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from hypothesis import strategies as st

from classrooms.actions.images import assign_image, want_repository, withdraw_image
from classrooms.models import AssignedImage, Image, TeacherRole
from classrooms.signals import staff_changed
from hubsync.account.personal import change_to_organization, set_teachers_push
from hubsync.account.refusals import NotConnectable
from hubsync.credentials import keep_credential
from hubsync.models import HubAccount, RestoredRemoval, SyncRun
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sync.restored import let_the_portal_decide, take_back, what_can_come_back
from hubsync.sync.schedule import activate
from tests.factories import make_teacher
from tests.hubsync.laws import personal_laws, school_edits
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.personal import ANA, personal_ground
from tests.hubsync.laws.rules import NotNow, happens, need
from tests.hubsync.laws.run_laws import Told
from tests.hubsync.laws.walk import Walk

TEACHERS = ("carla", "marta", "nuria", "olga", "pablo", "rosa", "sara", "tomas")
STRANGERS = ("dario", *TEACHERS[:3])
REPOSITORIES = ("web", "redes", "nginx", "apuntes")
LATER = "iesnuevo"
repository = st.sampled_from(REPOSITORIES)


class PersonalMachine(Walk):
    left_behind: Any = None

    def place(self, patch: Any) -> AbstractContextManager[Ground]:
        return personal_ground(patch)

    def take(self) -> personal_laws.Before:
        return personal_laws.take(self.ground, self.left_behind)

    def check_run(self, before: Any, run: SyncRun | None) -> None:
        personal_laws.check_run(Told(self.ground, before, run, was_disturbed=self.is_lied_to))

    def check_standing(self) -> None:
        personal_laws.check_standing(self.ground)

    def what_is_wrong(self) -> list[str]:
        if self.left_behind is None:
            return personal_laws.what_is_wrong(self.ground)
        is_as_it_was = personal_laws.as_it_stands(self.ground) == self.left_behind
        return [] if is_as_it_was else ["the old account was changed"]

    def everybody_answers(self) -> None:
        """In the end somebody also pays for more private repositories: what is refused is tried again at each look."""
        self.ground.world.limits.personal_private_repositories = None
        for invite in list(self.ground.world.pending_invites[LATER].values()):
            self.ground.world.accept_invite(invite.id)

    # People of the school

    @happens(docker_id=st.sampled_from(TEACHERS))
    def a_teacher_comes_or_goes(self, docker_id: str) -> None:
        school, world = self.ground.school, self.ground.world
        if docker_id not in world.users:
            world.add_user(docker_id, email=f"{docker_id}@example.org")
        role = TeacherRole.objects.filter(school=school, user__first_name=docker_id.title()).first()
        if role is None:
            make_teacher(school, docker_id.title(), docker_id=docker_id)
        else:
            role.docker_id = "" if role.docker_id else docker_id
            role.save(update_fields=["docker_id"])
        staff_changed.send(sender=TeacherRole, school=school, class_group=None)

    @happens()
    def everybody_comes(self) -> None:
        here = TeacherRole.objects.filter(school=self.ground.school).exclude(docker_id="")
        for docker_id in set(TEACHERS) - set(here.values_list("docker_id", flat=True)):
            self.a_teacher_comes_or_goes(docker_id=docker_id)

    @happens()
    def the_staff_list_is_lost(self) -> None:
        """By no page that would have announced it."""
        roles = TeacherRole.objects.filter(school=self.ground.school).exclude(docker_id=ANA)
        roles.update(docker_id="")
        self.ground.wish()

    @happens(name=repository)
    def an_image_is_assigned(self, name: str) -> None:
        image = Image.objects.filter(repository=f"{ANA}/{name}").first()
        need(image)
        assert image is not None
        assign_image(class_group=self.ground.smr, image=image, by=self.ground.ana)

    @happens(name=repository)
    def an_image_is_withdrawn(self, name: str) -> None:
        for row in AssignedImage.objects.current().filter(image__repository=f"{ANA}/{name}"):
            withdraw_image(assigned=row, by=self.ground.ana)

    @happens(name=st.sampled_from(REPOSITORIES[2:]), is_private=st.booleans())
    def a_repository_is_wanted(self, name: str, is_private: bool) -> None:
        need(self.left_behind is None)
        want_repository(school=self.ground.school, name=name, is_private=is_private, by=self.ground.ana)

    @happens(most=st.sampled_from([0, 1, None]))
    def docker_hub_limits_private_repositories(self, most: int | None) -> None:
        self.ground.world.limits.personal_private_repositories = most

    @happens(teachers_push=st.booleans())
    def it_is_said_whether_teachers_push(self, teachers_push: bool) -> None:
        set_teachers_push(account=self.ground.account, teachers_push=teachers_push, by=self.ground.ana)

    @happens()
    def what_is_held_is_approved(self) -> None:
        school_edits.approve_holds(self.ground)

    @happens()
    def what_is_held_is_refused(self) -> None:
        school_edits.refuse_holds(self.ground)

    @happens()
    def the_last_removals_are_taken_back(self) -> None:
        ground, now = self.ground, self.ground.clock.now()
        runs = SyncRun.objects.filter(account=ground.account).order_by("-pk")[:10]
        run = next((one for one in runs if what_can_come_back(one, now).as_it_was), None)
        need(run is not None and self.left_behind is None)
        assert run is not None
        take_back(run=run, part="as_it_was", by=ground.ana, now=now)

    @happens()
    def the_portal_is_to_decide_again(self) -> None:
        for row in RestoredRemoval.objects.filter(account=self.ground.account, ended_at=None):
            let_the_portal_decide(restored=row, by=self.ground.ana, now=self.ground.clock.now())

    @happens(is_late=st.booleans())
    def the_token_is_replaced(self, is_late: bool) -> None:
        need(self.left_behind is None)
        ground = self.ground
        for token in list(ground.world.access_token_by_id.values()) if is_late else ():
            ground.world.delete_token(token)
        if is_late:
            self._told_run()
        _, ground.secret = ground.world.add_personal_token(ANA, label="another", scopes=["repo:admin"])
        keep_credential(ground.account, ground.secret)
        ground.wish()

    # On Docker Hub

    @happens(name=repository, who=st.sampled_from(STRANGERS))
    def somebody_is_let_in_by_hand(self, name: str, who: str) -> None:
        world = self.ground.world
        found = world.find_repository(ANA, name)
        need(found is not None and who in world.users and self.left_behind is None)
        assert found is not None
        world.collaborators[found.id][who] = None

    @happens(name=repository, place=st.integers(0, 7))
    def somebody_is_taken_out_by_hand(self, name: str, place: int) -> None:
        found = self.ground.world.find_repository(ANA, name)
        need(found is not None and self.left_behind is None)
        assert found is not None
        inside = sorted(self.ground.world.collaborators[found.id])
        need(inside)
        del self.ground.world.collaborators[found.id][inside[place % len(inside)]]

    @happens(name=repository)
    def a_repository_is_deleted_by_hand(self, name: str) -> None:
        need(self.ground.world.find_repository(ANA, name) and self.left_behind is None)
        self.ground.world.delete_repository(ANA, name)

    @happens(name=repository, is_private=st.booleans())
    def a_repository_is_made_private_or_public(self, name: str, is_private: bool) -> None:
        found = self.ground.world.find_repository(ANA, name)
        need(found is not None and self.left_behind is None)
        assert found is not None
        found.is_private = is_private

    # The day on which the school gets an organization

    @happens(number=st.integers(0, 9), is_connected=st.booleans())
    def the_school_moves_to_an_organization(self, number: int, is_connected: bool) -> None:
        """Seldom, since nothing leads back."""
        need(self.left_behind is None and number == 0)
        ground, world = self.ground, self.ground.world
        try:
            change_to_organization(account=ground.account, name=LATER, by=ground.ana)
        except NotConnectable as problem:
            raise NotNow from problem
        world.add_organization(LATER, owner=ANA, seats=30)
        scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
        _, ground.secret = world.add_organization_token(LATER, label="portal", scopes=scopes, created_by=ANA)
        keep_credential(ground.account, ground.secret)
        HubAccount.objects.filter(pk=ground.account.pk).update(seats=30)
        ground.account.refresh_from_db()
        if is_connected:
            activate(ground.account)
        self.left_behind = personal_laws.as_it_stands(ground)
