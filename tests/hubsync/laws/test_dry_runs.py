"""A plan is made by who cannot write: every scene of a school's year is planned, and no write reaches Docker Hub."""

from __future__ import annotations

import pytest

from hubsync.models import SyncChange
from hubsync.sync.reconcile import plan_organization
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.picture import picture
from tests.hubsync.laws.scenarios import YEAR, Scenario, set_scene
from tests.hubsync.laws.scenarios_of_people import PEOPLE


@pytest.mark.parametrize("scenario", [*YEAR, *PEOPLE], ids=lambda scenario: scenario.name)
def test_planning_any_scene_of_the_year_writes_nothing(ground: Ground, scenario: Scenario) -> None:
    set_scene(ground, scenario)
    before, rows = picture(ground.world), SyncChange.objects.count()
    # From here on the local Docker Hub fails the test at the first request that would change anything.
    ground.wire.is_read_only = True

    plan = plan_organization(ground.account)
    again = plan_organization(ground.account)

    assert not plan.is_empty
    assert plan.digest == again.digest
    assert (picture(ground.world), SyncChange.objects.count()) == (before, rows)
