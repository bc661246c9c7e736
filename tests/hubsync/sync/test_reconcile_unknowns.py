"""What nobody knows of Docker Hub for sure: whichever way it answers, the school gets what it wants."""

from __future__ import annotations

from typing import Any

import pytest

from hubsync.hub.names import team_name_for
from tests.hubsync.stage import ORGANIZATION, Stage

UNKNOWNS = [
    ("existing_team_status", 409),
    ("existing_repository_status", 409),
    ("already_in_team_status", 400),
    ("already_in_team_status", 409),
    ("assigning_again", "400"),
    ("namespaces_permission_routes", False),
    ("legacy_permission_routes", "no organization token"),
    ("legacy_permission_routes", "not here"),
    ("team_repositories_route", False),
    ("slashless_get_redirects", True),
    ("renamed_team_keeps_old_path", True),
    ("team_members_as_bare_list", True),
    ("pending_invite_again", "conflict"),
]


@pytest.mark.parametrize(("switch", "value"), UNKNOWNS)
def test_a_first_sync_with_a_lost_answer_and_an_acceptance_ends_well(
    stage: Stage, switch: str, value: Any
) -> None:
    stage.world.switches.turn(switch, value)
    stage.school.images.create(
        repository="iestriana/practica-1", is_private=True, is_own=True, is_wanted=True
    )
    for path in ("*/repositories", "*/groups", "*/members", "/v2/invites/bulk"):
        stage.world.faults.add("reset after", method="POST", path=path, times=1)

    stage.settle(8)
    stage.accept("bruno")
    stage.settle()
    stage.forget_requests()
    stage.run()

    team = team_name_for(stage.smr.name, stage.smr.academic_year)
    assert stage.people_of(team) == {"anaruiz", "bruno"}
    assert stage.level_of(team, "examen") == "read"
    assert stage.world.find_repository(ORGANIZATION, "practica-1") is not None
    assert stage.invited() == ["bruno"]
    assert stage.writes == []
