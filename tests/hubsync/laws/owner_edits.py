"""The rules of the machine in which owners of the school decide: what is ours, who is asked again, which token is used."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from classrooms.models import ClassGroup
from hubsync.account.adoption import adopt_team, release_team
from hubsync.account.inviting import MAY_BE_ASKED_AGAIN, invite_again
from hubsync.account.refusals import NotConnectable
from hubsync.credentials import keep_credential
from hubsync.models import HubPerson, RemoteObject, RestoredRemoval, SyncRun
from hubsync.sandbox.access_tokens import TOKENS_ON_TEAM_PLAN
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sync.restored import let_the_portal_decide, take_back, what_can_come_back
from tests.hubsync.laws.ground import Ground, active_classes
from tests.hubsync.laws.rules import NotNow, happens, need
from tests.hubsync.stage import ORGANIZATION

place = st.integers(0, 7)
PARTS = ("as_it_was", "invite", "teams")


class ByOwners(RuleBasedStateMachine):
    """Needs `ground`, and one run whose laws are looked at."""

    ground: Ground
    _told_run: Callable[[], None]

    @happens(number=place, which=place, mode=st.sampled_from(["exact", "at_least"]))
    def a_team_is_adopted(self, number: int, which: int, mode: str) -> None:
        ground, classes = self.ground, active_classes(self.ground)
        there = [team for uuid in sorted(ground.teams_by_hand) if (team := ground.find_team(uuid))]
        need(there and classes)
        team, one = there[number % len(there)], classes[which % len(classes)]
        self._adopt(team.name, one, RemoteObject.Mode(mode))
        ground.teams_by_hand.discard(team.uuid)

    def _adopt(self, name: str, class_group: ClassGroup, mode: RemoteObject.Mode) -> None:
        try:
            adopt_team(
                account=self.ground.account,
                name=name,
                mode=mode,
                class_group=class_group,
                by=self.ground.ana,
            )
        except NotConnectable as problem:
            raise NotNow from problem

    @happens(number=place)
    def an_adopted_team_is_released(self, number: int) -> None:
        ground = self.ground
        adopted = [
            (one, team)
            for one in ground.claims()
            if one.adopted_by_id and (team := ground.find_team(one.uuid))
        ]
        need(adopted)
        claim, team = adopted[number % len(adopted)]
        release_team(account=ground.account, name=claim.name, by=ground.ana)
        ground.teams_by_hand.add(team.uuid)

    @happens(part=st.sampled_from(PARTS))
    def the_last_removals_are_taken_back(self, part: str) -> None:
        ground, now = self.ground, self.ground.clock.now()
        runs = SyncRun.objects.filter(account=ground.account).order_by("-pk")[:10]
        run = next((one for one in runs if what_can_come_back(one, now).rows(part)), None)
        need(run is not None)
        assert run is not None
        if part == "invite":
            for row in what_can_come_back(run, now).rows(part):
                ground.is_asked_again(row.facts["docker_id"])
        take_back(run=run, part=part, by=ground.ana, now=now)

    @happens()
    def the_portal_is_to_decide_again(self) -> None:
        rows = RestoredRemoval.objects.filter(account=self.ground.account, ended_at=None)
        need(rows)
        for row in rows:
            let_the_portal_decide(restored=row, by=self.ground.ana, now=self.ground.clock.now())

    @happens(number=place)
    def somebody_is_invited_again(self, number: int) -> None:
        ground = self.ground
        people = list(HubPerson.objects.filter(account=ground.account, state__in=MAY_BE_ASKED_AGAIN))
        need(people)
        person = people[number % len(people)]
        ground.is_asked_again(person.key)
        invite_again(account=ground.account, person=person, by=ground.ana)

    @happens(is_late=st.booleans())
    def the_token_is_replaced(self, is_late: bool) -> None:
        """In time, or only when the old one is revoked and a run has met the refusal."""
        ground = self.ground
        if is_late:
            for token in ground.world.access_token_by_id.values():
                token.is_active = False
            self._told_run()
        # A Team plan has ten, so somebody clears away what is of no use any more.
        for token in [one for one in ground.world.access_token_by_id.values() if not one.is_active]:
            ground.world.delete_token(token)
        need(len(ground.world.access_token_by_id) < TOKENS_ON_TEAM_PLAN)
        scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
        _, ground.secret = ground.world.add_organization_token(
            ORGANIZATION, label="another", scopes=scopes, created_by="anaruiz"
        )
        keep_credential(ground.account, ground.secret)
        ground.wish()
