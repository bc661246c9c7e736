"""What the machine found once, kept as the shortest story that tells it."""

from __future__ import annotations

from tests.hubsync.laws import school_edits
from tests.hubsync.laws.ground import Ground
from tests.hubsync.stage import ORGANIZATION


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


def test_who_was_made_a_member_by_hand_when_an_invitation_of_a_docker_id_lapsed_is_somebody_else(
    ground: Ground,
) -> None:
    ground.settle()
    ground.wait(minutes=16)
    (bruno,) = [one for one in ground.world.pending_invites[ORGANIZATION].values() if one.invitee == "bruno"]
    ground.world.expire_invite(bruno.id)
    ground.world.take_seat(ORGANIZATION, "rosa", "member")
    ground.world.delete_team(ground.team(ground.claimed(ground.smr)))
    ground.settle()
    school_edits.make_class(ground, "2º ASIR")
    school_edits.archive(ground, ground.smr)
    ground.settle()

    ground.wait(hours=25)
    ground.settle()

    assert "rosa" in ground.world.members[ORGANIZATION]


def test_of_a_docker_hub_that_led_elsewhere_for_long_nothing_is_left_at_the_next_look(ground: Ground) -> None:
    ground.world.faults.add("redirect", path="/v2/[!a]*", times=None)
    troubles = set()
    for _ in range(4):
        troubles.add(ground.run().trouble)
        ground.wait(minutes=1)
    ground.world.faults.clear()

    run = ground.run()

    assert troubles == {"unavailable"}
    assert (run.result, run.trouble) == ("settled", "")
