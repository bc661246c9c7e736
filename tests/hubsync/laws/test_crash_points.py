"""Every write of every scene of a school's year, with a worker that dies or an answer that is lost: nobody could tell."""

from __future__ import annotations

import pytest

from tests.hubsync.laws.crashes import KINDS_OF_CRASH, crash_at_each_write
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.personal import PERSONAL, personal_ground
from tests.hubsync.laws.scenarios import YEAR, Scenario, set_scene
from tests.hubsync.laws.scenarios_of_people import PEOPLE


@pytest.mark.parametrize("scenario", [*YEAR, *PEOPLE], ids=lambda scenario: scenario.name)
def test_wherever_a_worker_dies_or_an_answer_is_lost_the_end_is_as_without(
    ground: Ground, scenario: Scenario
) -> None:
    set_scene(ground, scenario)

    points = crash_at_each_write(ground, may_mail_less=scenario.may_mail_less)

    assert points >= len(KINDS_OF_CRASH)


@pytest.mark.parametrize("scenario", PERSONAL, ids=lambda scenario: scenario.name)
def test_of_a_personal_account_nobody_could_tell_either(
    db: None, monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    with personal_ground(monkeypatch) as ground:
        set_scene(ground, scenario)

        assert crash_at_each_write(ground) >= len(KINDS_OF_CRASH)
