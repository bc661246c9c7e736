"""In whichever order rows come, and how often, the plan is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from hubsync.planning.guard import Consent, hold_unsafe
from hubsync.planning.owned import Owned
from hubsync.planning.plan import plan_changes
from hubsync.planning.state import OrganizationState
from hubsync.sync.reconcile import plan_organization
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.scenarios import YEAR, set_scene
from tests.hubsync.organizations import looks, wishes

law = settings(deadline=None, max_examples=80, derandomize=True)


class Backwards(frozenset[Any]):
    """The same rows, the last one first."""

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(super().__iter__(), key=repr, reverse=True))


class Restless(Backwards):
    """The same rows, the last one first and each of them twice."""

    def __iter__(self) -> Iterator[Any]:
        for row in super().__iter__():
            yield row
            yield row


def stir(state: OrganizationState) -> OrganizationState:
    teams = (replace(one, people=Backwards(one.people), grants=Backwards(one.grants)) for one in state.teams)
    return replace(
        state,
        teams=Restless(teams),
        members=Restless(state.members),
        invites=Restless(state.invites),
        repositories=Restless(state.repositories),
    )


@law
@given(wishes(), looks())
def test_order_and_doubles_do_not_change_the_plan(
    wish: OrganizationState, look: tuple[OrganizationState, Owned]
) -> None:
    seen, ours = look
    stirred = replace(ours, teams=Restless(ours.teams), members=Restless(ours.members))

    plan = hold_unsafe(plan_changes(wish, seen, ours), seen, ours, Consent())
    again = hold_unsafe(plan_changes(stir(wish), stir(seen), stirred), stir(seen), stirred, Consent())

    assert again.digest == plan.digest
    assert again.changes == plan.changes
    assert again.holds == plan.holds


# Whoever changes how a plan is digested must know that plans that were saved do not fit any more.
GOLDEN = {
    "nothing": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "september": "2dc851f78ee08ba092bcbbf1e07c45f55c0d563a8a0befc82859d08ca74c2861",
    "year closes": "79fb52f0bff9af36f95c190371392d898053a9cc3db125cd079a236a1b5240da",
}


def test_the_digest_of_no_changes_is_that_of_nothing() -> None:
    empty = OrganizationState()

    assert plan_changes(empty, empty, Owned()).digest == GOLDEN["nothing"]


@pytest.mark.parametrize("name", ["september", "year closes"])
def test_the_digest_of_a_plan_that_somebody_saved_stays_as_it_is(ground: Ground, name: str) -> None:
    (scenario,) = [one for one in YEAR if one.name == name]
    set_scene(ground, scenario)

    assert plan_organization(ground.account).digest == GOLDEN[name]
