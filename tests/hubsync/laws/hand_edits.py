"""The rules of the machine in which people use Docker Hub itself: they answer, or change something by hand."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from hubsync.hub.names import team_name_for
from hubsync.models import HubPerson, RemoteObject
from hubsync.sandbox.records import Invite, Team
from tests.hubsync.laws import school_edits
from tests.hubsync.laws.ground import HAND, STUDENTS, Ground, other_name
from tests.hubsync.laws.other_names import rename_account
from tests.hubsync.laws.rules import happens, need
from tests.hubsync.stage import ORGANIZATION

place = st.integers(0, 7)


class ByHand(RuleBasedStateMachine):
    """Needs `ground`."""

    ground: Ground

    def _invite(self, number: int) -> Invite:
        waiting = [
            one for one in self.ground.world.pending_invites[ORGANIZATION].values() if one.inviter != HAND
        ]
        need(waiting)
        return waiting[number % len(waiting)]

    def _our_team(self, number: int) -> Team:
        teams = [team for one in self.ground.claims() if (team := self.ground.find_team(one.uuid))]
        need(teams)
        return teams[number % len(teams)]

    def everybody_answers(self) -> None:
        for invite in list(self.ground.world.pending_invites[ORGANIZATION].values()):
            if invite.inviter != HAND:
                self.ground.world.accept_invite(invite.id)

    @happens(number=place)
    def somebody_accepts(self, number: int) -> None:
        self.ground.world.accept_invite(self._invite(number).id)

    @happens()
    def all_accept(self) -> None:
        self.everybody_answers()

    @happens(number=place)
    def somebody_declines(self, number: int) -> None:
        invite = self._invite(number)
        self.ground.gave_up.add(self.ground.account_of(invite.invitee))
        self.ground.world.decline_invite(invite.id)

    @happens(number=place)
    def an_invitation_lapses(self, number: int) -> None:
        invite = self._invite(number)
        self.ground.gave_up.add(self.ground.account_of(invite.invitee))
        self.ground.world.expire_invite(invite.id)

    @happens(number=place)
    def an_invitation_is_cancelled_by_hand(self, number: int) -> None:
        invite = self._invite(number)
        self.ground.gave_up.add(self.ground.account_of(invite.invitee))
        self.ground.world.cancel_invite(invite.id)

    @happens(docker_id=st.sampled_from(STUDENTS))
    def somebody_is_made_a_member_by_hand(self, docker_id: str) -> None:
        world, docker_id = self.ground.world, self.ground.called(docker_id)
        need(docker_id not in world.members[ORGANIZATION])
        need(docker_id not in world.pending_invites[ORGANIZATION])
        need(world.seats_free(ORGANIZATION) > 0)
        world.take_seat(ORGANIZATION, docker_id, "member")
        if not self._was_invited(docker_id):
            self.ground.members_by_hand.add(docker_id)

    def _was_invited(self, docker_id: str) -> bool:
        names = (docker_id, other_name(docker_id))
        return any(one.invitee in names for one in self.ground.world.invites.values())

    @happens(docker_id=st.sampled_from(STUDENTS))
    def somebody_chooses_another_docker_id(self, docker_id: str) -> None:
        """Whom the portal knows as a member, by the number of the account."""
        was = self.ground.called(docker_id)
        known = HubPerson.objects.filter(state=HubPerson.State.MEMBER, docker_id=was).exclude(uuid="")
        need(known and was in self.ground.world.members[ORGANIZATION])
        rename_account(self.ground, was)

    @happens(number=place)
    def a_member_is_taken_out_by_hand(self, number: int) -> None:
        world = self.ground.world
        plain = [one.username for one in world.members[ORGANIZATION].values() if one.role == "member"]
        ours = [one for one in plain if one.removesuffix("2") in STUDENTS]
        need(ours)
        docker_id = ours[number % len(ours)]
        self.ground.gave_up.add(docker_id)
        # Should the portal invite them later, they come by its hand.
        self.ground.members_by_hand.discard(docker_id)
        world.remove_member(ORGANIZATION, docker_id)

    @happens(number=place, docker_id=st.sampled_from(STUDENTS))
    def somebody_is_put_into_a_team_by_hand(self, number: int, docker_id: str) -> None:
        world, team, docker_id = self.ground.world, self._our_team(number), self.ground.called(docker_id)
        need(docker_id in world.members[ORGANIZATION] and docker_id not in world.team_members[team.id])
        world.add_to_team(team, docker_id)

    @happens(number=place, who=place)
    def somebody_is_taken_out_of_a_team_by_hand(self, number: int, who: int) -> None:
        world, team = self.ground.world, self._our_team(number)
        people = sorted(world.team_members[team.id])
        need(people)
        world.remove_from_team(team, people[who % len(people)])

    @happens(number=place, repository=st.sampled_from(["lamp", "examen", "redes"]), level=st.integers(0, 3))
    def a_permission_is_changed_by_hand(self, number: int, repository: str, level: int) -> None:
        world, team = self.ground.world, self._our_team(number)
        found = world.get_repository(ORGANIZATION, repository)
        if level < 3:
            world.grant(found, team, ("read", "write", "admin")[level])
        elif team.id in world.permissions[found.id]:
            world.revoke(found, team.id)

    @happens(number=place, name=st.sampled_from(["a-mano", "otro-nombre"]))
    def a_team_is_renamed_by_hand(self, number: int, name: str) -> None:
        need(name not in self.ground.world.teams[ORGANIZATION])
        self.ground.world.rename_team(self._our_team(number), name)

    @happens(number=place)
    def a_team_is_described_by_hand(self, number: int) -> None:
        self._our_team(number).description = "somebody wrote this"

    @happens(number=place)
    def a_team_is_deleted_by_hand(self, number: int) -> None:
        self.ground.world.delete_team(self._our_team(number))

    @happens(repository=st.sampled_from(["lamp", "examen"]), is_private=st.booleans())
    def a_repository_is_made_private_or_public(self, repository: str, is_private: bool) -> None:
        school_edits.turn_private(self.ground, repository, is_private=is_private)

    @happens(name=st.sampled_from(["2º ASIR", "1º DAW"]))
    def somebody_makes_a_team_of_a_name_that_a_class_would_get(self, name: str) -> None:
        wanted = team_name_for(name, 2026)
        need(wanted not in self.ground.world.teams[ORGANIZATION])
        self.ground.hand_made_team(wanted)
        assert not RemoteObject.objects.filter(uuid__in=self.ground.teams_by_hand).exists()
