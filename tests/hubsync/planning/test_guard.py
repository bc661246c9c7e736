"""What takes away too much waits for a person, and only that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hubsync.planning.changes import (
    AddToTeam,
    AssignPermission,
    Change,
    ChangePermission,
    CreateTeam,
    DeleteTeam,
    Invite,
    RemoveFromTeam,
    RemoveMember,
    RemovePermission,
)
from hubsync.planning.fights import Done
from hubsync.planning.guard import GRACE, Consent, hold_unsafe
from hubsync.planning.limits import LIMITS
from hubsync.planning.owned import Owned, OwnedMember, OwnedTeam
from hubsync.planning.plan import Plan
from hubsync.planning.state import MemberState, OrganizationState, Person
from tests.hubsync.organizations import organization, owned, team

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=2)


def removals(kind: str, number: int) -> tuple[Change, ...]:
    makers = {
        "members": RemoveMember,
        "teams": DeleteTeam,
        "memberships": lambda name: RemoveFromTeam("smr1", name),
        "permissions": lambda name: RemovePermission(name, "smr1", "read"),
    }
    return tuple(makers[kind](f"name{n:02}") for n in range(number))


def held(plan: Plan) -> list[str]:
    return [hold.kind for hold in plan.holds]


def guard(
    *changes: Change, seen: OrganizationState | None = None, ours: Owned | None = None, **consent: object
) -> Plan:
    consent.setdefault("first_planned", dict.fromkeys(changes, LONG_AGO))
    seen = seen or organization(seen_at=NOW)
    return hold_unsafe(Plan(changes), seen, ours or owned(), Consent(**consent))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "floor"), [("members", 3), ("teams", 1), ("memberships", 5), ("permissions", 5)]
)
def test_up_to_the_floor_passes_and_one_more_is_held(kind: str, floor: int) -> None:
    assert held(guard(*removals(kind, floor))) == []
    assert held(guard(*removals(kind, floor + 1))) == [kind]


def test_of_many_a_share_may_go() -> None:
    ours = Owned(members=frozenset(OwnedMember(f"name{n:02}") for n in range(50)))

    assert held(guard(*removals("members", 5), ours=ours)) == []
    assert held(guard(*removals("members", 6), ours=ours)) == ["members"]


def test_of_many_memberships_a_fifth_may_go() -> None:
    seen = organization(team("smr1", *(f"name{n:02}" for n in range(40))), seen_at=NOW)
    ours = Owned(frozenset({OwnedTeam("smr1")}))

    assert held(guard(*removals("memberships", 8), seen=seen, ours=ours)) == []
    assert held(guard(*removals("memberships", 9), seen=seen, ours=ours)) == ["memberships"]


def test_a_held_kind_does_not_stop_the_others() -> None:
    add = AddToTeam("smr1", "bruno")

    assert guard(add, *removals("memberships", 6)).changes == (add,)


def test_lowering_a_permission_counts_as_a_removal() -> None:
    lowered = [ChangePermission(f"name{n}", "smr1", "read", "admin") for n in range(6)]
    raised = [ChangePermission(f"name{n}", "smr1", "admin", "read") for n in range(6)]

    assert held(guard(*lowered)) == ["permissions"]
    assert held(guard(*raised)) == []


def test_what_was_announced_passes_exactly() -> None:
    changes = removals("teams", 4)

    assert held(guard(*changes, announced=frozenset(changes))) == []
    assert held(guard(*changes, announced=frozenset(changes[:3]))) == []
    assert [hold.changes for hold in guard(*changes, announced=frozenset(changes[:2])).holds] == [changes[2:]]


def test_an_approval_lets_its_set_pass_and_not_another() -> None:
    changes = removals("memberships", 12)

    plan = guard(*changes, approved=frozenset(changes[:6]))

    assert plan.changes == changes[:6]
    assert [hold.changes for hold in plan.holds] == [changes[6:]]


def test_leaving_the_organization_waits_a_day() -> None:
    leave = RemoveMember("bruno")

    assert [hold.reason for hold in guard(leave, first_planned={}).holds] == ["grace"]
    assert held(guard(leave, first_planned={leave: NOW - GRACE + timedelta(seconds=1)})) == ["members"]
    assert held(guard(leave, first_planned={leave: NOW - GRACE})) == []
    assert held(guard(leave, first_planned={}, approved=frozenset({leave}))) == []


def test_leaving_the_organization_is_no_way_around_a_membership_that_is_held() -> None:
    changes = removals("memberships", 6)

    plan = guard(*changes, RemoveMember("name00"))

    assert plan.changes == ()
    assert held(plan) == ["memberships", "members"]


def test_leaving_the_organization_is_no_way_around_a_team_that_is_held() -> None:
    seen = organization(team("name00", "bruno"), team("name01"), members=("bruno",), seen_at=NOW)

    plan = guard(*removals("teams", 2), RemoveMember("bruno"), seen=seen)

    assert plan.changes == ()


@pytest.mark.parametrize(
    "change",
    [DeleteTeam("owners"), DeleteTeam("company"), RemoveMember("anaruiz"), RemoveFromTeam("smr1", "portal")],
)
def test_owners_reserved_teams_and_the_portal_itself_are_never_in_a_plan(change: Change) -> None:
    seen = organization(owners=("anaruiz",), seen_at=NOW)

    plan = guard(change, seen=seen, ours=owned(identity="portal"))

    assert plan.is_empty


def test_announced_closing_of_a_year_passes_whole_and_trips_with_strangers_over_the_limit() -> None:
    """Three hundred students, ten teams; beside them each kind one more than may go unannounced."""
    close = (
        *(RemoveMember(f"leaver{n:03}") for n in range(300)),
        *(DeleteTeam(f"class{n}") for n in range(10)),
        *(RemoveFromTeam("docentes", f"leaver{n:03}") for n in range(300)),
        *(RemovePermission(f"image{n}", "docentes", "write") for n in range(40)),
    )
    announced = frozenset(close)

    assert held(guard(*close, announced=announced)) == []
    for kind, limit in LIMITS.items():
        few, many = removals(kind, limit.floor), removals(kind, limit.floor + 1)
        assert held(guard(*close, *few, announced=announced)) == []
        plan = guard(*close, *many, announced=announced)
        assert [(hold.kind, set(hold.changes)) for hold in plan.holds if hold.reason == "too_many"] == [
            (kind, set(many))
        ]


def test_who_was_announced_by_e_mail_passes_under_the_docker_id_of_the_member() -> None:
    seen = replace(
        organization(seen_at=NOW),
        members=frozenset(MemberState(Person(f"name{n:02}", f"t{n}@ies.example")) for n in range(9)),
    )
    announced = frozenset(RemoveFromTeam("smr1", f"t{n}@ies.example") for n in range(9))

    assert held(guard(*removals("memberships", 9), seen=seen, announced=announced)) == []


def test_an_approval_covers_every_part_of_its_set() -> None:
    changes = removals("memberships", 12)

    for size in range(len(changes) + 1):
        assert held(guard(*changes[:size], approved=frozenset(changes))) == []


def test_what_was_refused_is_held_quietly_and_does_not_count_for_the_others() -> None:
    changes = removals("memberships", 11)

    plan = guard(*changes, refused=frozenset(changes[:6]))

    assert plan.changes == changes[6:]
    assert [(hold.reason, hold.changes) for hold in plan.holds] == [("refused", changes[:6])]


def test_who_stays_in_a_team_because_somebody_said_so_stays_in_the_organization() -> None:
    stays, leave = RemoveFromTeam("smr1", "bruno"), RemoveMember("bruno")

    plan = guard(stays, leave, refused=frozenset({stays}))

    assert plan.changes == ()
    assert {hold.reason for hold in plan.holds} == {"refused"}


@pytest.mark.parametrize("announced", [True, False])
def test_a_team_whose_description_lost_the_mark_waits_even_if_it_was_announced(announced: bool) -> None:
    seen = organization(team("smr1", "bruno", description="Club"), team("smr2"), seen_at=NOW)
    marked = replace(seen, teams=frozenset({team("smr1", "bruno", description="1º SMR · Aulahub")}))
    delete = DeleteTeam("smr1")
    said = frozenset({delete} if announced else ())

    assert [hold.reason for hold in guard(delete, seen=seen, announced=said).holds] == ["mark_missing"]
    assert held(guard(delete, seen=seen, approved=frozenset({delete}))) == []
    assert held(guard(delete, seen=marked, announced=said)) == []


def test_who_is_only_assumed_to_be_whom_the_portal_invited_leaves_when_a_person_says_so() -> None:
    leaves = RemoveMember("dario")
    ours = owned(members=("marta@ies.example",), assumed=frozenset({"dario"}))

    plan = guard(leaves, RemoveMember("bruno"), ours=ours, announced=frozenset({leaves}))

    assert plan.changes == (RemoveMember("bruno"),)
    assert [hold.reason for hold in plan.holds] == ["assumed"]
    assert guard(leaves, ours=ours, approved=frozenset({leaves})).changes == (leaves,)


def test_what_is_fought_over_waits_with_all_that_needs_it() -> None:
    make = CreateTeam("smr1", "1º SMR")
    needs = (Invite("smr1", "member", ("bruno",)), AssignPermission("examen", "smr1", "read"))
    other = AddToTeam("smr2", "carla")
    past = tuple(Done(make, NOW - timedelta(days=days)) for days in (1, 2, 3))

    plan = guard(make, *needs, other, past=past)

    assert plan.changes == (other,)
    assert [(hold.reason, set(hold.changes)) for hold in plan.holds] == [
        ("fight", {make}),
        ("follows", set(needs)),
    ]
    assert held(guard(make, *needs, past=past, approved=frozenset({make}))) == []
