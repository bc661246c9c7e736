"""How much a look may lose, what explains a loss, and what of it a look does not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hubsync.hub.scopes import Area
from hubsync.planning import changes as c
from hubsync.planning.lists import Lists, lists_of, remembered
from hubsync.planning.shrinkage import answered, explained_by, shrunk
from hubsync.planning.state import (
    Grant,
    InviteState,
    MemberState,
    OrganizationState,
    Permission,
    Person,
    RepositoryState,
    TeamState,
)

NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)


def people(*numbers: int) -> frozenset[MemberState]:
    return frozenset(MemberState(Person(f"p{n}", f"p{n}@example.org"), uuid=f"u{n}") for n in numbers)


def organization(
    members: int = 0, repositories: int = 0, invites: int = 0, **teams: TeamState
) -> OrganizationState:
    return OrganizationState(
        members=people(*range(members)),
        repositories=frozenset(RepositoryState(f"r{n}") for n in range(repositories)),
        invites=frozenset(InviteState(f"i{n}", f"new{n}", created_at=NOW) for n in range(invites)),
        teams=frozenset(teams.values()),
        seen_at=NOW,
    )


def team(name: str, members: int = 0, grants: int = 0) -> TeamState:
    return TeamState(
        name,
        people=frozenset(Person(f"p{n}") for n in range(members)),
        grants=frozenset(Grant(f"r{n}", Permission.READ) for n in range(grants)),
        uuid=f"team-{name}",
    )


def lost(
    before: OrganizationState, after: OrganizationState, *done: c.Change, ours: tuple[str, ...] = ()
) -> Lists:
    lists = lists_of(before)
    explained = explained_by(done, lists, after) | answered(lists, after)
    return shrunk(lists, after, explained, ours)


@pytest.mark.parametrize(
    ("before", "after", "is_much"),
    [(20, 15, False), (20, 14, True), (30, 24, False), (29, 23, True), (6, 1, False), (6, 0, True)],
)
@pytest.mark.parametrize("name", ["members", "repositories"])
def test_a_list_may_lose_five_rows_or_a_fifth(before: int, after: int, name: str, is_much: bool) -> None:
    found = lost(organization(**{name: before}), organization(**{name: after}))

    assert list(found) == ([name] if is_much else [])


@pytest.mark.parametrize(("gone", "is_much"), [(5, False), (6, True)])
def test_each_team_counts_for_itself(gone: int, is_much: bool) -> None:
    before = organization(40, smr=team("smr", 20), daw=team("daw", 40))
    after = organization(40, smr=team("smr", 20 - gone), daw=team("daw", 40))

    assert list(lost(before, after)) == (["team team-smr"] if is_much else [])


def test_who_came_meanwhile_does_not_hide_who_is_gone() -> None:
    after = replace(organization(), members=people(*range(10, 30)))

    assert len(lost(organization(20), after)["members"]) == 10


def test_who_has_another_name_or_no_uuid_any_more_is_not_gone() -> None:
    renamed = frozenset(MemberState(Person(f"other{n}"), uuid=f"u{n}") for n in range(10))
    without = frozenset(replace(one, uuid="") for one in people(*range(10, 20)))

    assert lost(organization(20), replace(organization(), members=renamed | without)) == {}


def test_more_than_one_of_our_own_teams_is_much_and_of_others_it_is_not() -> None:
    before = organization(smr=team("smr", 9), daw=team("daw", 9))
    ours = ("team-smr", "team-daw")

    assert list(lost(before, organization(), ours=ours)) == ["teams"]
    assert lost(before, organization(), ours=ours[:1]) == {}


def test_with_a_team_or_a_repository_its_people_and_permissions_go() -> None:
    before = organization(20, 10, smr=team("smr", 20, 10))

    assert lost(before, organization(20, 10)) == {}
    assert lost(before, organization(20, 5, smr=team("smr", 20, 5))) == {}


def test_permissions_are_compared_with_those_that_this_look_read() -> None:
    before = organization(0, 60, smr=team("smr", 0, 60))
    after = organization(
        0, 60, smr=replace(team("smr"), grants=frozenset(Grant(f"r{n}", Permission.READ) for n in range(4)))
    )
    turn = replace(after, repositories_read=frozenset(f"r{n}" for n in range(10)))

    found = lost(before, turn)
    kept = remembered(lists_of(before), turn)

    assert found == {"permissions": {f"r{n}/team-smr": "" for n in range(4, 10)}}
    assert len(kept["permissions"]) == 54


def test_what_could_not_be_seen_lost_nothing_and_is_remembered() -> None:
    before = organization(20, 20, 20, smr=team("smr", 20, 20))
    blind = OrganizationState(seen_at=NOW, unseen=frozenset(Area))

    assert lost(before, blind) == {}
    assert remembered(lists_of(before), blind) == {
        name: rows for name, rows in lists_of(before).items() if rows
    }


@pytest.mark.parametrize(
    "done",
    [
        [c.RemoveMember(f"p{n}") for n in range(10)],
        [c.RemoveMember(f"p{n}@example.org") for n in range(10)],
        [c.RemoveFromTeam("SMR", f"p{n}") for n in range(10)],
    ],
)
def test_our_own_removals_explain_who_is_no_longer_in_a_team(done: list[c.Change]) -> None:
    before = organization(20, smr=team("smr", 20))
    after = organization(
        20, smr=replace(team("smr"), people=frozenset(Person(f"p{n}") for n in range(10, 20)))
    )

    assert "team team-smr" in lost(before, after)
    assert lost(before, after, *done) == {}


def test_what_was_taken_from_a_team_under_its_new_name_is_explained() -> None:
    before = organization(20, smr=team("smr", 20))
    renamed = replace(team("smr"), name="smr-a", people=frozenset(Person(f"p{n}") for n in range(10, 20)))

    assert (
        lost(before, organization(20, smr=renamed), *(c.RemoveFromTeam("smr-a", f"p{n}") for n in range(10)))
        == {}
    )


def test_our_own_removals_explain_teams_permissions_and_invitations() -> None:
    before = organization(0, 20, 10, smr=team("smr", 0, 20), daw=team("daw"), asir=team("asir"))
    after = organization(0, 20, smr=team("smr", 0, 10))
    done = [c.DeleteTeam("daw"), c.DeleteTeam("asir")]
    done += [c.RemovePermission(f"r{n}", "smr", "read") for n in range(10, 20)]
    done += [c.CancelInvite(f"i{n}", f"new{n}") for n in range(10)]
    ours = ("team-daw", "team-asir", "team-smr")

    assert set(lost(before, after, ours=ours)) == {"teams", "permissions", "invites"}
    assert lost(before, after, *done, ours=ours) == {}


def test_invitations_end_by_acceptance_under_any_name_and_by_age() -> None:
    before = organization(5, 0, 10)
    by_name = frozenset(MemberState(Person(f"new{n}")) for n in range(10))
    strangers = frozenset(MemberState(Person(f"x{n}"), uuid=f"x{n}") for n in range(10))
    later = NOW + timedelta(days=14)

    assert lost(before, replace(organization(5), members=people(*range(5)) | by_name)) == {}
    assert lost(before, replace(organization(5), members=people(*range(5)) | strangers)) == {}
    assert lost(before, replace(organization(5), seen_at=later)) == {}
    assert len(lost(before, replace(organization(5), seen_at=later - timedelta(seconds=1)))["invites"]) == 10
