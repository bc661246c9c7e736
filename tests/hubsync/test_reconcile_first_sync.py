"""From an organization with nothing but its owner to what the school wants."""

from hubsync.models import SyncChange
from tests.hubsync.stage import Stage

TEAM = "smr1-2627"


def test_the_first_sync_makes_the_team_invites_its_people_and_lets_them_pull(stage: Stage) -> None:
    run = stage.run()

    assert [change.kind for change in run.changes.all()] == [
        "create_team", "create_team", "invite", "add_to_team", "add_to_team",
        "assign_permission", "assign_permission", "assign_permission",
    ]  # fmt: skip
    assert {change.state for change in run.changes.all()} == {SyncChange.State.CONFIRMED}
    assert stage.people_of(TEAM) == {"anaruiz"}
    assert stage.invited() == ["bruno"]
    assert stage.level_of(TEAM, "examen") == "read"
    assert stage.level_of(TEAM, "lamp") is None
    assert stage.level_of("docentes", "lamp") == "write"
