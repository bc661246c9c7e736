"""Connecting a school's account on Docker Hub: the name, then the token. Nothing here writes to Docker Hub."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classrooms.actions.audit import record
from classrooms.models import School, User
from hubsync.account.catalogue import read_catalogue
from hubsync.account.check import TAKEN, Checked, check_account, is_anothers
from hubsync.account.name_check import is_there
from hubsync.account.refusals import NotConnectable
from hubsync.credentials import keep_credential
from hubsync.hub.errors import HubError
from hubsync.models import HubAccount, SealedCredential
from hubsync.sync.schedule import request_reconcile

Step = Literal["name", "wait", "token", "connected"]


def step_of(account: HubAccount | None) -> Step:
    """Where the guided page goes on."""
    if account is None:
        return "name"
    if SealedCredential.objects.filter(account=account).exists():
        return "connected"
    return "token" if account.found_at else "wait"


@transaction.atomic
def choose_name(*, school: School, name: str, kind: str, by: User) -> HubAccount:
    """The school's account with that name. Choosing another name before a token proved the first one replaces it.

    Raises NotConnectable once the school is connected, or where another school proved that the account is its own.
    """
    name = name.strip().lower()
    account = HubAccount.objects.select_for_update().filter(school=school).first()
    if account is not None and account.uuid:
        raise NotConnectable(
            _("This school is connected already. An organization on Docker Hub cannot be renamed.")
        )
    if is_anothers(name, school):
        raise NotConnectable(TAKEN % {"name": name})
    if account is not None and (account.name, account.kind) != (name, kind):
        # What was sealed was sealed for the old name, and the kinds take tokens of different kinds.
        SealedCredential.objects.filter(account=account).delete()
    chosen, _is_new = HubAccount.objects.update_or_create(
        school=school,
        defaults={"name": name, "kind": kind, "found_at": None, "scope_findings": [], "checked_at": None},
    )
    record(school=school, actor=by, verb="hub.name_chosen", about=name)
    return chosen


def notice_account(account: HubAccount) -> bool:
    """Whether the account exists on Docker Hub by now; the first time is kept. Raises HubUnavailable."""
    if account.found_at is None and is_there(account):
        account.found_at = timezone.now()
        account.last_answer_at = account.found_at
        account.save(update_fields=["found_at", "last_answer_at"])
    return account.found_at is not None


def keep_token(
    *, account: HubAccount, secret: str, seats: int | None, expires_on: date | None, by: User
) -> Checked:
    """Seal the token, then test it. It is kept also where Docker Hub does not answer, since it is shown only once there.

    A token that Docker Hub refuses is not kept. Raises NotConnectable for what cannot be such a token.
    """
    refuse_wrong_kind(account, secret)
    with transaction.atomic():
        before = SealedCredential.objects.filter(account=account).first()
        keep_credential(account, secret, expires_on)
        HubAccount.objects.filter(pk=account.pk).update(seats=seats)
        account.seats = seats
    checked = check_account(account)
    if checked.is_refused:
        _put_back(account, before)
        raise NotConnectable(checked.trouble)
    if not checked.trouble:
        _read_catalogue_now(account)
    if account.is_active:
        request_reconcile(account, urgent=True)
    record(
        school=account.school,
        actor=by,
        verb="hub.token_replaced" if before else "hub.connected",
        about=account.name,
    )
    return checked


def _read_catalogue_now(account: HubAccount) -> None:
    """The next thing a teacher does is to assign an image; what fails here the worker does later."""
    with suppress(HubError):
        read_catalogue(account)


@transaction.atomic
def set_seats(*, account: HubAccount, seats: int, by: User) -> None:
    """Write down how many seats were bought. More of them let people be invited who were left out."""
    account.seats = seats
    account.save(update_fields=["seats"])
    record(school=account.school, actor=by, verb="hub.seats_set", about=account.name, facts={"seats": seats})
    if account.is_active:
        request_reconcile(account)


def refuse_wrong_kind(account: HubAccount, secret: str) -> None:
    """Raise NotConnectable for a token of the wrong kind, or for what is likely a password."""
    wanted, other = (
        ("dckr_oat_", "dckr_pat_")
        if account.kind == HubAccount.Kind.ORGANIZATION
        else ("dckr_pat_", "dckr_oat_")
    )
    if secret.startswith(other):
        raise NotConnectable(_WRONG_KIND[account.kind])
    if not secret.startswith(wanted) or not re.fullmatch(r"[!-~]{16,400}", secret):
        raise NotConnectable(
            _("This is not an access token: one begins with %(prefix)s. Never paste a password here.")
            % {"prefix": wanted}
        )


_WRONG_KIND: dict[str, Promise] = {
    HubAccount.Kind.ORGANIZATION: _(
        "This is a personal access token (dckr_pat_…). It cannot manage members and teams. "
        "Make an access token of the organization, which begins with dckr_oat_."
    ),
    HubAccount.Kind.PERSONAL: _(
        "This is an access token of an organization (dckr_oat_…). For a personal account make a personal access token, "
        "which begins with dckr_pat_."
    ),
}


def _put_back(account: HubAccount, before: SealedCredential | None) -> None:
    SealedCredential.objects.filter(account=account).delete()
    if before is not None:
        before.pk = None
        before.save(force_insert=True)
