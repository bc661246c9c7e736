"""Looks a school's connection to Docker Hub over, one sentence for each thing. Changes nothing anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from hubsync.account.connections import reader_for
from hubsync.account.doctor_address import Finding, count_pulls, look_from_here
from hubsync.account.probe import probe_account
from hubsync.credentials import open_credential
from hubsync.hub.errors import HubAuthLost, HubError, HubNotFound
from hubsync.hub.headers import BudgetHeaders
from hubsync.hub.reader import HubReader
from hubsync.models import HubAccount, SealedCredential
from hubsync.sync.pacing import limit_of

WARN_BEFORE_EXPIRY = timedelta(days=30)


def examine(account: HubAccount) -> Iterator[Finding]:
    """One finding after the other, as they are made. What a refused or missing token would ask is not asked."""
    yield from look_from_here()
    credential, can_ask = _credential(account)
    yield credential
    yield from count_pulls(account if can_ask else None)
    if can_ask:
        yield from _with_token(account)


def _credential(account: HubAccount) -> tuple[Finding, bool]:
    """Whether the token can be used at all; without a request, because a refused one must not be tried again."""
    try:
        open_credential(account)
        sealed = SealedCredential.objects.get(account=account)
    except HubError as problem:
        told = (
            "none is kept" if type(problem).__name__ == "NoCredential" else "it does not open with the keys"
        )
        return Finding("credential", False, f"There is no access token to use: {told}."), False
    if sealed.refused_at:
        said = f"Docker Hub refused the access token at {sealed.refused_at:%Y-%m-%d %H:%M}: replace it."
        return Finding("credential", False, said), False
    ends = sealed.expires_on
    if ends and ends <= timezone.localdate() + WARN_BEFORE_EXPIRY:
        return Finding("credential", False, f"The access token ends on {ends}: replace it in time."), True
    lasts = f"until {ends}" if ends else "with no end written down"
    return Finding("credential", True, f"The access token opens and is valid {lasts}."), True


def _with_token(account: HubAccount) -> Iterator[Finding]:
    budgets: list[BudgetHeaders] = []
    try:
        with reader_for(account, on_budget=budgets.append) as reader:
            yield _scopes(reader, account)
            if account.has_teams:
                yield _seats(reader, account)
    except HubAuthLost as problem:
        SealedCredential.objects.filter(account=account).update(refused_at=timezone.now())
        yield Finding("sign-in", False, f"Docker Hub refuses the access token ({problem}): replace it.")
    except HubNotFound:
        yield Finding("sign-in", False, f"{account.name} does not exist on Docker Hub (any more).")
    except HubError as problem:
        yield Finding("sign-in", False, f"Docker Hub gives no usable answer to the access token: {problem}.")
    yield _limit(budgets)


def _scopes(reader: HubReader, account: HubAccount) -> Finding:
    uuid, rows = probe_account(reader, account)
    if account.uuid and account.uuid.replace("-", "") != uuid.replace("-", ""):
        return Finding(
            "scopes", False, f"{account.name} is another account now than the one that was connected."
        )
    missing = [str(row["scope"]) for row in rows if row["held"] is False]
    unknown = sum(row["held"] is None for row in rows)
    if missing:
        return Finding("scopes", False, f"The access token lacks: {', '.join(missing)}.")
    rest = f" ({unknown} could not be told without changing something)" if unknown else ""
    return Finding("scopes", True, f"The access token may do what the portal needs{rest}.")


def _seats(reader: HubReader, account: HubAccount) -> Finding:
    members = len(reader.list_members(account.name).rows)
    invited = len(reader.list_invites(account.name).rows)
    used = f"{members} members and {invited} open invitations"
    if account.seats is None:
        return Finding(
            "seats", False, f"{used} take seats, but nobody has written down how many were bought."
        )
    free = account.seats - members - invited
    if free <= 0:
        return Finding("seats", False, f"All {account.seats} seats are taken by {used}.")
    return Finding("seats", True, f"{free} of {account.seats} seats are free ({used}).")


def _limit(budgets: list[BudgetHeaders]) -> Finding:
    if not budgets:
        return Finding("limit", True, "Docker Hub does not tell how many calls are allowed.")
    last = min(budgets, key=lambda told: told.limit)
    ours = limit_of(last.limit, settings.HUB_CALLS_PER_MINUTE or None, last.limit)
    said = f"Docker Hub allows {last.limit} calls a minute, {last.remaining} are left; the portal makes at most {ours}."
    return Finding("limit", True, said)
