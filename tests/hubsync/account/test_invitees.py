"""Docker IDs and addresses are tried while somebody types them; nobody is invited by that."""

from __future__ import annotations

import pytest

from hubsync.account.invitees import check_invitees
from tests.hubsync.stage import ORGANIZATION, Stage


def verdicts(stage: Stage, *invitees: str) -> dict[str, str]:
    return {key: str(one.verdict) for key, one in check_invitees(stage.account, invitees).items()}


def test_each_invitee_is_answered_by_one_call_and_nobody_is_mailed(stage: Stage) -> None:
    found = verdicts(stage, "Bruno", "anaruiz", "nobodythere", "new@example.org", " ")

    assert found == {
        "bruno": "invitable",
        "anaruiz": "member",
        "nobodythere": "nobody",
        "new@example.org": "invitable",
    }
    assert stage.writes == ["POST /v2/invites/bulk"]
    assert stage.invited() == [] and not stage.world.mails


def test_who_waits_already_is_said_to_wait(stage: Stage) -> None:
    stage.settle()

    assert verdicts(stage, "bruno") == {"bruno": "waiting"}


def test_a_full_organization_has_no_seat_for_anybody_new(stage: Stage) -> None:
    stage.world.switches.no_seats_left = "row"
    stage.world.organizations[ORGANIZATION].seats = 1

    assert verdicts(stage, "bruno") == {"bruno": "no_seat"}


@pytest.mark.parametrize("fault", ["firewall", "error"])
def test_what_docker_hub_does_not_answer_is_not_checked_now(stage: Stage, fault: str) -> None:
    stage.world.faults.add(fault, path="/v2/invites/*")

    assert verdicts(stage, "bruno") == {"bruno": "not_checked"}


def test_a_token_that_may_not_invite_checks_nobody(stage: Stage) -> None:
    stage.world.faults.add("firewall", path="/v2/auth/token")

    assert verdicts(stage, "bruno", "carla") == {"bruno": "not_checked", "carla": "not_checked"}


def test_a_personal_account_invites_nobody_so_nothing_is_asked(stage: Stage) -> None:
    stage.account.kind = "personal"

    assert verdicts(stage, "bruno") == {"bruno": "not_checked"}
    assert not stage.world.journal.requests
