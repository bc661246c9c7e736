"""What a person does at the pages of the synchronization: look, see the plan, let it happen."""

from __future__ import annotations

from time import monotonic, sleep

from classrooms.models import User
from hubsync.models import HubAccount
from hubsync.sync.asked_plans import ask_for_plan, asked_plan

# A short look shows its plan at once; for a longer one the page says that Docker Hub is being looked at.
PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.1


def show_plan(account: HubAccount) -> str | None:
    """Have a worker write down what a run would do now, and wait a little: how it ended, None while it is looked at.

    "shown", or the code of a trouble. The plan takes the place of the one that was shown before.
    """
    ask_for_plan(account)
    return _outcome_in_a_moment(account)


def let_it_happen(*, account: HubAccount, digest: str, by: User) -> str | None:
    """Have a worker do it now; the first time this lets the portal write to Docker Hub at all. As `show_plan`.

    `digest` is that of the plan the person saw: "allowed" where a look still gives the same, "changed" or "nothing_left"
    where it does not, with the new one stored.
    """
    ask_for_plan(account, agreed_digest=digest or "none", by=by)
    return _outcome_in_a_moment(account)


def is_looked_at(account: HubAccount) -> bool:
    """Whether somebody waits for a plan that is not there yet."""
    asked = asked_plan(account)
    return asked is not None and asked.asked_at is not None


def _outcome_in_a_moment(account: HubAccount) -> str | None:
    until = monotonic() + PATIENCE_SECONDS
    while is_looked_at(account):
        if monotonic() > until:
            return None
        sleep(PAUSE_SECONDS)
    return outcome_of(account)


def outcome_of(account: HubAccount) -> str | None:
    """How the last look ended; None where it has not."""
    asked = asked_plan(account)
    return asked.outcome if asked and asked.asked_at is None else None
