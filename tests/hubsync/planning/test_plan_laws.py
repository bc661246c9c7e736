"""What holds of every plan, whatever the school wants and whatever Docker Hub shows."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings

from hubsync.planning.changes import (
    AddToTeam,
    Change,
    ChangePermission,
    DeleteTeam,
    Invite,
    RemoveFromTeam,
    RemoveMember,
    from_facts,
)
from hubsync.planning.guard import GRACE, Consent, hold_unsafe
from hubsync.planning.limits import LIMITS, guarded_kind
from hubsync.planning.match import find_observed
from hubsync.planning.owned import Mode, Owned
from hubsync.planning.plan import Plan, plan_changes
from hubsync.planning.state import MemberState, OrganizationState, Person
from tests.hubsync.fake_hub import carry_out
from tests.hubsync.organizations import PEOPLE, TEAMS, looks, shout, wishes

# A machine that does other things besides is no broken law.
law = settings(deadline=None, max_examples=60)
Look = tuple[OrganizationState, Owned]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@law
@given(wishes(), looks())
def test_after_a_plan_is_carried_out_there_is_nothing_left_to_do(wish: OrganizationState, look: Look) -> None:
    seen, ours = carry_out(plan_changes(wish, *look), *look)

    assert [str(change) for change in plan_changes(wish, seen, ours).changes] == []


@law
@given(wishes(), looks())
def test_letter_case_does_not_change_the_plan(wish: OrganizationState, look: Look) -> None:
    seen, ours = look

    assert plan_changes(shout(wish), shout(seen), ours).digest == plan_changes(wish, seen, ours).digest


@law
@given(wishes(), looks())
def test_nothing_of_a_team_that_is_not_ours_is_changed(wish: OrganizationState, look: Look) -> None:
    seen, ours = look
    mine = {team.name for claim in ours.teams if (team := find_observed(claim, seen.teams))}
    foreign = {team.name for team in seen.teams} - mine

    assert not {change.team_name for change in plan_changes(wish, seen, ours).changes} & foreign


@law
@given(wishes(), looks())
def test_only_people_whom_the_portal_invited_leave_the_organization_and_never_an_owner(
    wish: OrganizationState, look: Look
) -> None:
    seen, ours = look
    owners = {member.person.docker_id for member in seen.members if member.is_owner}
    leavers = {
        change.docker_id
        for change in plan_changes(wish, seen, ours).changes
        if isinstance(change, RemoveMember)
    }

    assert leavers <= {member.key for member in ours.members} - owners


@law
@given(wishes(), looks())
def test_nobody_is_invited_who_waits_is_a_member_or_was_invited_before(
    wish: OrganizationState, look: Look
) -> None:
    seen, ours = look
    known = {invite.invitee for invite in seen.invites} | {member.person.docker_id for member in seen.members}
    changes = plan_changes(wish, seen, ours).changes
    invited = [invitee for change in changes if isinstance(change, Invite) for invitee in change.invitees]

    assert len(invited) == len(set(invited))
    assert not set(invited) & (known | {member.key for member in ours.members})


@law
@given(wishes(), looks())
def test_teams_that_are_only_observed_or_kept_at_least_lose_nothing(
    wish: OrganizationState, look: Look
) -> None:
    seen, ours = look
    spared = {claim.name for claim in ours.teams if claim.mode is not Mode.EXACT}
    removals = [change for change in plan_changes(wish, seen, ours).changes if guarded_kind(change)]

    assert not {change.team_name for change in removals} & spared


@law
@given(wishes(), looks())
def test_no_more_is_taken_away_unannounced_than_the_guard_allows(wish: OrganizationState, look: Look) -> None:
    seen, ours = look
    plan = hold_unsafe(plan_changes(wish, seen, ours), seen, ours, Consent())

    for kind, limit in LIMITS.items():
        removed = [change for change in plan.changes if guarded_kind(change) == kind]
        assert len(removed) <= max(limit.floor, 5)


@law
@given(wishes(), looks())
def test_nobody_leaves_the_organization_on_the_first_day(wish: OrganizationState, look: Look) -> None:
    seen, ours = look
    plan = hold_unsafe(plan_changes(wish, seen, ours), seen, ours, Consent())

    assert not [change for change in plan.changes if isinstance(change, RemoveMember)]


@law
@given(wishes(), looks())
def test_a_plan_is_read_back_as_it_was_written(wish: OrganizationState, look: Look) -> None:
    changes = plan_changes(wish, *look).changes

    assert tuple(from_facts(change.kind, change.facts()) for change in changes) == changes


@law
@given(wishes(), looks())
def test_what_others_need_comes_first(wish: OrganizationState, look: Look) -> None:
    kinds = [change.kind for change in plan_changes(wish, *look).changes]

    assert "create_team" not in kinds[kinds.index("invite") :] if "invite" in kinds else True
    assert _is_before(kinds, "add_to_team", "remove_from_team")
    assert _is_before(kinds, "assign_permission", "remove_permission")


def _is_before(kinds: list[str], first: str, last: str) -> bool:
    places = {kind: [n for n, one in enumerate(kinds) if one == kind] for kind in (first, last)}
    return not places[first] or not places[last] or max(places[first]) < min(places[last])


def touches(change: Change, docker_id: str) -> bool:
    return isinstance(change, AddToTeam | RemoveFromTeam | RemoveMember) and change.docker_id == docker_id


@law
@given(wishes(), looks())
def test_the_portals_own_identity_is_never_taken_away(wish: OrganizationState, look: Look) -> None:
    seen, ours = look
    mine = Owned(ours.teams, ours.members, identity="bruno")
    changes = plan_changes(wish, seen, mine).changes

    assert not [change for change in changes if guarded_kind(change) and touches(change, "bruno")]
    assert not [
        change
        for change in changes
        if isinstance(change, DeleteTeam) and change.team in ("owners", "company")
    ]


def owners_of(seen: OrganizationState) -> set[str]:
    return {member.person.docker_id for member in seen.members if member.is_owner}


@law
@given(wishes(), looks())
def test_no_consent_and_no_limit_lets_an_owner_or_the_portal_itself_go(
    wish: OrganizationState, look: Look
) -> None:
    """Even a plan that somebody forged, for which everything was announced, approved and due for long."""
    seen, ours = look
    owners, mine = owners_of(seen), replace(ours, identity="bruno")
    forged = {RemoveMember(one) for one in PEOPLE} | {RemoveFromTeam(t, p) for t in TEAMS for p in PEOPLE}
    forged |= {DeleteTeam(name) for name in ("owners", "company")}
    everything = frozenset(forged) | set(plan_changes(wish, seen, mine).changes)
    long_ago = dict.fromkeys(everything, NOW - 3 * GRACE)
    said = Consent(announced=everything, approved=everything, first_planned=long_ago)

    plan = hold_unsafe(Plan(tuple(everything)), replace(seen, seen_at=NOW), mine, said)

    assert not [c for c in plan.changes if isinstance(c, RemoveMember) and c.docker_id in owners | {"bruno"}]
    assert not [c for c in plan.changes if guarded_kind(c) and any(touches(c, one) for one in owners)]
    assert not [c for c in plan.changes if c.team_name in ("owners", "company")]


@law
@given(wishes(), looks())
def test_two_owners_and_more_are_owners_after_any_plan(wish: OrganizationState, look: Look) -> None:
    seen, ours = look
    first, second = MemberState(Person("olga"), "owner"), MemberState(Person("oscar"), "owner")
    seen = replace(seen, members=seen.members | {first, second})

    after, _ours = carry_out(plan_changes(wish, seen, ours), seen, ours)

    assert owners_of(after) == owners_of(seen) >= {"olga", "oscar"}


@law
@given(wishes(), looks())
def test_what_is_held_refused_or_done_is_all_that_was_planned(wish: OrganizationState, look: Look) -> None:
    """The guard makes nothing up and loses nothing but what may never be done."""
    seen, ours = look
    planned = plan_changes(wish, seen, ours)
    refused = frozenset(change for change in planned.changes[::2] if guarded_kind(change))

    plan = hold_unsafe(planned, seen, ours, Consent(refused=refused))

    held = [change for hold in plan.holds for change in hold.changes]
    assert sorted(map(repr, [*plan.changes, *held])) == sorted(map(repr, planned.changes))
    assert not refused & set(plan.changes)


@law
@given(wishes(), looks())
def test_the_order_is_that_of_what_needs_what(wish: OrganizationState, look: Look) -> None:
    """What is made comes before what uses it, what is given before what is taken, and leaving comes last."""
    stages = (
        "cancel_invite", "create_repository", "create_team", "rename_team", "describe_team", "invite",
        "resend_invite", "add_to_team", "assign_permission", "raise", "lower", "remove_permission",
        "remove_from_team", "delete_team", "remove_member",
    )  # fmt: skip

    def stage(change: Change) -> int:
        if isinstance(change, ChangePermission):
            return stages.index("lower" if change.takes_away else "raise")
        return stages.index(change.kind)

    places = [stage(change) for change in plan_changes(wish, *look).changes]

    assert places == sorted(places)
