"""Three times the same within a week, with nothing of ours in between, is a fight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hubsync.planning.changes import (
    KINDS,
    AddCollaborator,
    AddToTeam,
    AssignPermission,
    Change,
    ChangePermission,
    ChangeVisibility,
    CreateRepository,
    CreateTeam,
    DeleteTeam,
    DescribeRepository,
    DescribeTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemovePermission,
    RenameTeam,
    SetImmutableTags,
)
from hubsync.planning.fights import Done, effects, fought

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
AGAIN: list[tuple[Change, Change | None]] = [
    (AddToTeam("smr1", "bruno"), RemoveFromTeam("smr1", "bruno")),
    (RemoveFromTeam("smr1", "carla"), AddToTeam("smr1", "carla")),
    (AssignPermission("examen", "smr1", "read"), RemovePermission("examen", "smr1", "read")),
    (ChangePermission("examen", "smr1", "read", "admin"), AssignPermission("examen", "smr1", "admin")),
    (RemovePermission("examen", "smr1", "read"), AssignPermission("examen", "smr1", "read")),
    (AddCollaborator("lamp", "carla"), RemoveCollaborator("lamp", "carla")),
    (RemoveCollaborator("lamp", "carla"), AddCollaborator("lamp", "carla")),
    (CreateTeam("smr1", "1º SMR"), DeleteTeam("smr1")),
    (DeleteTeam("smr1"), CreateTeam("smr1", "1º SMR")),
    (RenameTeam("otro", "smr1"), RenameTeam("smr1", "smr2")),
    (DescribeTeam("smr1", "1º SMR"), DescribeTeam("smr1", "2º SMR")),
    (DescribeRepository("lamp", "Apache"), DescribeRepository("lamp", "PHP")),
    (ChangeVisibility("lamp", False), ChangeVisibility("lamp", True)),
    (SetImmutableTags("lamp", True), SetImmutableTags("lamp", False)),
    (CreateRepository("lamp", False, ""), None),
]


def done(change: Change, *hours_ago: float) -> list[Done]:
    return [Done(change, NOW - timedelta(hours=hours)) for hours in hours_ago]


@pytest.mark.parametrize(("change", "opposite"), AGAIN, ids=lambda one: getattr(one, "kind", ""))
def test_what_was_done_three_times_is_fought_over_and_twice_is_not(
    change: Change, opposite: Change | None
) -> None:
    assert fought([change], done(change, 1, 2, 3)) == {change}
    assert fought([change], done(change, 1, 2)) == frozenset()


@pytest.mark.parametrize(("change", "opposite"), AGAIN, ids=lambda one: getattr(one, "kind", ""))
def test_a_wish_of_the_school_in_between_begins_anew(change: Change, opposite: Change | None) -> None:
    if opposite is None:
        assert change.kind == "create_repository", "only what has no opposite may be without one"
        return

    assert fought([change], [*done(change, 1, 2, 4), *done(opposite, 3)]) == frozenset()


def test_a_list_that_lags_is_no_fight() -> None:
    change = AddToTeam("smr1", "bruno")

    assert fought([change], done(change, 0.01, 0.05, 0.1)) == frozenset()


def test_another_persons_place_is_another_object() -> None:
    past = done(AddToTeam("smr1", "bruno"), 1, 2, 3)

    assert fought([AddToTeam("smr1", "carla"), AddToTeam("smr2", "bruno")], past) == frozenset()


def test_a_team_that_is_called_something_else_each_time_is_fought_over() -> None:
    past = [done(RenameTeam(f"otro{n}", "smr1"), n)[0] for n in (1, 2, 3)]

    assert fought([RenameTeam("otro4", "smr1")], past) == {RenameTeam("otro4", "smr1")}


def test_every_kind_of_change_has_an_object_but_what_a_person_has_to_answer() -> None:
    kinds = {change.kind for change, _ in AGAIN if effects(change)}

    assert set(KINDS) - kinds == {"invite", "resend_invite", "cancel_invite", "remove_member"}
