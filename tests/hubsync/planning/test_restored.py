"""What a person took back is wanted again, until the school's own wish changes about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hubsync.planning.changes import (
    AddCollaborator,
    AddToTeam,
    AssignPermission,
    Change,
    ChangePermission,
    CreateTeam,
    DeleteTeam,
    RemoveCollaborator,
    RemoveFromTeam,
    RemovePermission,
)
from hubsync.planning.owned import Owned, Restored
from hubsync.planning.plan import Plan, plan_changes
from hubsync.planning.state import Collaboration, OrganizationState, RepositoryState
from tests.hubsync.organizations import organization, owned, team, wanted

OUT = RemoveFromTeam("smr1", "bruno")


def plan(wish: OrganizationState, seen: OrganizationState, *restored: Restored) -> Plan:
    return plan_changes(wish, seen, replace(owned("smr1"), restored=frozenset(restored)))


def test_who_was_taken_out_is_put_back_and_then_left_there() -> None:
    before = organization(team("smr1"), members=("bruno",))
    after = organization(team("smr1", "bruno"), members=("bruno",))

    assert plan(wanted(team("smr1")), before, Restored(OUT)).changes == (AddToTeam("smr1", "bruno"),)
    assert plan(wanted(team("smr1")), after, Restored(OUT)).is_empty


@pytest.mark.parametrize("wish", [wanted(team("smr1", "bruno")), wanted()], ids=["wanted again", "no class"])
def test_it_lapses_with_the_schools_own_wish(wish: OrganizationState) -> None:
    seen = organization(team("smr1", "bruno"), members=("bruno",))

    assert plan(wish, seen, Restored(OUT)).lapsed == {Restored(OUT)}


def test_it_follows_the_class_under_another_name() -> None:
    wish = wanted(team("smr2", class_group_id=7))
    seen = organization(team("smr2"), members=("bruno",))
    restored = Restored(OUT, class_group_id=7)

    found = plan_changes(wish, seen, replace(owned("smr2"), restored=frozenset({restored})))

    assert found.changes == (AddToTeam("smr2", "bruno"),)


def test_who_is_no_longer_a_member_is_invited_only_where_somebody_asked() -> None:
    seen = organization(team("smr1"))

    assert plan(wanted(team("smr1")), seen, Restored(OUT)).changes == ()
    asked = plan(wanted(team("smr1")), seen, Restored(OUT, may_invite=True))
    assert [change.kind for change in asked.changes] == ["invite"]


@pytest.mark.parametrize(
    ("removal", "seen", "back"),
    [
        (RemovePermission("examen", "smr1", "read"), {}, AssignPermission("examen", "smr1", "read")),
        (
            ChangePermission("examen", "smr1", "read", "admin"),
            {"examen": "read"},
            ChangePermission("examen", "smr1", "admin", "read"),
        ),
    ],
)
def test_a_permission_is_given_as_it_was(removal: Change, seen: dict[str, str], back: Change) -> None:
    lowered = isinstance(removal, ChangePermission)
    wish = wanted(team("smr1", examen="read") if lowered else team("smr1"))

    assert plan(wish, organization(team("smr1", **seen)), Restored(removal)).changes == (back,)


def test_a_permission_that_the_school_changes_otherwise_is_the_schools() -> None:
    restored = Restored(ChangePermission("examen", "smr1", "read", "admin"))

    found = plan(wanted(team("smr1", examen="write")), organization(team("smr1", examen="read")), restored)

    assert found.lapsed == {restored}
    assert found.changes == (ChangePermission("examen", "smr1", "write", "read"),)


def test_a_right_to_push_is_given_again() -> None:
    restored = Restored(RemoveCollaborator("lamp", "carla"))
    seen = OrganizationState(repositories=frozenset({RepositoryState("lamp")}))
    again = OrganizationState(collaborations=frozenset({Collaboration("lamp", "carla")}))
    ours = Owned(restored=frozenset({restored}))

    assert plan_changes(OrganizationState(), seen, ours).changes == (AddCollaborator("lamp", "carla"),)
    assert plan_changes(again, seen, ours).lapsed == {restored}


def test_a_team_is_made_again_with_who_and_what_is_still_there() -> None:
    was = team("smr1", "bruno", "carla", examen="read", description="1º SMR · Aulahub")
    seen = organization(members=("bruno",))

    found = plan_changes(wanted(), seen, Owned(restored=frozenset({Restored(DeleteTeam("smr1"), team=was)})))

    assert found.changes == (
        CreateTeam("smr1", "1º SMR · Aulahub"),
        AddToTeam("smr1", "bruno"),
        AssignPermission("examen", "smr1", "read"),
    )
