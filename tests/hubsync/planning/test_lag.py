"""What was just done and does not show yet is believed, and what shows is not touched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hubsync.hub.scopes import Area
from hubsync.planning import changes as c
from hubsync.planning.lag import with_journal
from hubsync.planning.owned import Owned, OwnedMember, OwnedTeam
from hubsync.planning.plan import plan_changes
from hubsync.planning.state import (
    Collaboration,
    Grant,
    InviteState,
    MemberState,
    OrganizationState,
    Permission,
    Person,
    RepositoryState,
    TeamState,
)

BRUNO, CARLA = Person("bruno"), Person("carla", "carla@example.org")
SMR = TeamState(
    "smr", "1º SMR · Aulahub", frozenset({BRUNO}), frozenset({Grant("lamp", Permission.READ)}), "u1", 1
)
SEEN = OrganizationState(
    teams=frozenset({SMR}),
    repositories=frozenset({RepositoryState("lamp"), RepositoryState("web")}),
    members=frozenset({MemberState(BRUNO), MemberState(CARLA)}),
    invites=frozenset({InviteState("i1", "dario", "smr")}),
    collaborations=frozenset({Collaboration("lamp", "bruno")}),
)
NEW = TeamState("daw", "1º DAW · Aulahub", uuid="u2", number=2)

# What was done, and how the organization is afterwards.
DONE = [
    (c.CreateTeam("daw", NEW.description), lambda seen: "daw" in teams(seen)),
    (c.DeleteTeam("smr"), lambda seen: "smr" not in teams(seen)),
    (c.RenameTeam("smr", "smr-a"), lambda seen: set(teams(seen)) == {"smr-a"}),
    (c.DescribeTeam("smr", "anew"), lambda seen: teams(seen)["smr"].description == "anew"),
    (c.AddToTeam("smr", "carla"), lambda seen: CARLA in teams(seen)["smr"].people),
    (c.RemoveFromTeam("smr", "bruno"), lambda seen: not teams(seen)["smr"].people),
    (c.RemoveMember("bruno"), lambda seen: {m.person for m in seen.members} == {CARLA} and not teams(seen)["smr"].people),
    (c.Invite("smr", "member", ("elena",)), lambda seen: "elena" in {one.invitee for one in seen.invites}),
    (c.CancelInvite("i1", "dario"), lambda seen: not seen.invites),
    (c.CreateRepository("db", True, ""), lambda seen: "db" in {one.name for one in seen.repositories}),
    (c.AssignPermission("web", "smr", "read"), lambda seen: teams(seen)["smr"].permissions["web"] == "read"),
    (c.ChangePermission("lamp", "smr", "write", "read"), lambda seen: teams(seen)["smr"].permissions["lamp"] == "write"),
    (c.RemovePermission("lamp", "smr", "read"), lambda seen: not teams(seen)["smr"].grants),
    (c.AddCollaborator("web", "carla"), lambda seen: Collaboration("web", "carla") in seen.collaborations),
    (c.RemoveCollaborator("lamp", "bruno"), lambda seen: not seen.collaborations),
]  # fmt: skip


def teams(seen: OrganizationState) -> dict[str, TeamState]:
    return {team.name: team for team in seen.teams}


@pytest.mark.parametrize(("change", "is_so"), DONE, ids=lambda one: getattr(one, "kind", ""))
def test_what_does_not_show_yet_is_believed(change, is_so) -> None:  # type: ignore[no-untyped-def]
    found = with_journal(SEEN, [change], [SMR, NEW])

    assert is_so(found.observed)
    assert (found.hidden, found.shown) == ((change,), frozenset())


@pytest.mark.parametrize(("change", "is_so"), DONE, ids=lambda one: getattr(one, "kind", ""))
def test_what_shows_changes_nothing_and_is_noted(change, is_so) -> None:  # type: ignore[no-untyped-def]
    shows = with_journal(SEEN, [change], [SMR, NEW]).observed

    found = with_journal(shows, [change], [SMR, NEW])

    assert (found.observed, found.hidden, found.shown) == (shows, (), frozenset({0}))


@pytest.mark.parametrize("change", [change for change, _ in DONE], ids=lambda one: one.kind)
def test_where_a_look_does_not_tell_nothing_is_made_of_it(change: c.Change) -> None:
    blind = replace(SEEN, unseen=frozenset(Area))

    found = with_journal(blind, [change], [SMR, NEW])

    assert (found.observed, found.hidden, found.shown) == (blind, (), frozenset())


def test_of_two_changes_of_one_thing_the_later_counts() -> None:
    add, remove = c.AddToTeam("smr", "carla"), c.RemoveFromTeam("smr", "carla")

    undone = with_journal(SEEN, [add, remove], [SMR])
    again = with_journal(SEEN, [add, remove, add], [SMR])

    assert (undone.observed, undone.hidden, undone.shown) == (SEEN, (), frozenset({0, 1}))
    assert (CARLA in teams(again.observed)["smr"].people, again.shown) == (True, frozenset({0, 1}))


def test_who_is_no_member_by_now_is_not_put_into_a_team() -> None:
    found = with_journal(SEEN, [c.AddToTeam("smr", "gone")], [SMR])

    assert (found.observed, found.hidden) == (SEEN, ())


def test_a_permission_that_was_not_read_is_not_believed_either_way() -> None:
    turn = OrganizationState(
        teams=SEEN.teams, repositories=SEEN.repositories, repositories_read=frozenset({"lamp"})
    )

    found = with_journal(turn, [c.AssignPermission("web", "smr", "read")], [SMR])

    assert (found.observed, found.hidden, found.shown) == (turn, (), frozenset())


def test_a_new_team_that_was_renamed_meanwhile_is_no_second_team() -> None:
    renamed = TeamState("daw-a", NEW.description, uuid="u2", number=2)
    there = OrganizationState(teams=frozenset({SMR, renamed}))

    found = with_journal(
        there, [c.CreateTeam("daw", NEW.description), c.RenameTeam("daw", "daw-a")], [SMR, renamed]
    )

    assert found.observed == there


def test_an_invitation_that_does_not_show_yet_is_not_cancelled_without_its_id() -> None:
    believed = with_journal(SEEN, [c.Invite("smr", "member", ("elena",))], [SMR]).observed
    owned = Owned(teams=frozenset({OwnedTeam("smr", "u1")}), members=frozenset({OwnedMember("elena")}))

    plan = plan_changes(OrganizationState(teams=frozenset({SMR})), believed, owned)

    assert [one for one in plan.changes if one.kind in ("cancel_invite", "invite", "resend_invite")] == []


def test_an_invitation_that_was_made_and_cancelled_does_not_wait() -> None:
    """Else it is taken for one that somebody else took away later, and the person is not invited again."""
    bare = replace(SEEN, invites=frozenset())
    invited = c.Invite("smr", "member", ("dario", "rosa"))

    believed = with_journal(bare, [invited, c.CancelInvite("i1", "dario")], ()).observed
    again = with_journal(
        bare, [invited, c.CancelInvite("i1", "dario"), c.Invite("smr", "member", ("dario",))], ()
    )

    assert {one.invitee for one in believed.invites} == {"rosa"}
    assert {one.invitee for one in again.observed.invites} == {"rosa", "dario"}
