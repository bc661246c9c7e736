"""What the machine found once, kept as the shortest story that tells it."""

from __future__ import annotations

from tests.hubsync.laws.ground import Ground


def test_the_staffs_team_that_was_renamed_by_hand_gets_its_name_back_and_stays_the_same_team(
    ground: Ground,
) -> None:
    ground.settle()
    team = ground.team("docentes")
    ground.world.rename_team(team, "otro-nombre")
    ground.wish()

    ground.settle()

    assert ground.team("docentes").uuid == team.uuid


def test_an_invitation_whose_second_sending_may_have_arrived_is_not_sent_a_third_time(ground: Ground) -> None:
    ground.settle()
    ground.wait(days=14, minutes=1)
    fault = ground.world.faults.add("reset after", method="*", path="/v2/invites/*", times=1)

    ground.settle()

    assert fault.met == 1
    assert ground.world.mails["bruno"] == 2
