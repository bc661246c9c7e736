"""What a person does at the pages of the synchronization: look, see the plan, let it happen, approve removals."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.actions.audit import record
from classrooms.models import User
from hubsync.account.refusals import NotConnectable
from hubsync.hub.client import HubReader
from hubsync.hub.errors import HubAuthLost
from hubsync.models import Hold, HubAccount, SealedCredential, SyncRun
from hubsync.planning.plan import Plan
from hubsync.sync import journal, reconcile
from hubsync.sync.budget import Budget
from hubsync.sync.desired import EmptyClassList
from hubsync.sync.schedule import activate, request_reconcile, sync_of
from hubsync.sync.worker_connection import worker_connection
from hubsync.words.troubles import sentence_of_code


class PlanChanged(NotConnectable):
    """The plan is another one than the person saw; the new one is stored and shown."""


def look_now(account: HubAccount) -> None:
    """Renew what the pages show of Docker Hub. Changes nothing there. Raises the errors of `hubsync.hub.errors`."""
    with _noting_refusal(account), worker_connection(account, Budget(is_urgent=True)) as hub:
        reconcile.look(account, HubReader(hub.connection), {})


def show_plan(account: HubAccount) -> SyncRun:
    """What a run would do now, stored to be read; it takes the place of the plan that was shown before.

    Raises the errors of `hubsync.hub.errors`, and NotConnectable with a sentence where the school's own rows are in the way.
    """
    return _store(account, _plan(account))


def let_it_happen(*, account: HubAccount, digest: str, by: User) -> None:
    """Have a worker do it now; the first time this lets the portal write to Docker Hub at all.

    `digest` is that of the plan the person saw. Raises PlanChanged where it would be another one by now, with the new
    one stored, and what `show_plan` raises.
    """
    plan = _plan(account)
    if plan.digest != digest:
        _store(account, plan)
        if account.is_active and not plan.changes:
            raise PlanChanged(_("Nothing is left to be done: it has been let happen already."))
        raise PlanChanged(
            _("The plan has changed since you saw it, so nothing was done. Read the new one and press again.")
        )
    with transaction.atomic():
        if account.is_active:
            request_reconcile(account, urgent=True)
        else:
            activate(account)
        record(
            school=account.school,
            actor=by,
            verb="hub.plan_allowed",
            about=account.name,
            facts={"changes": len(plan.changes)},
        )


@transaction.atomic
def approve_hold(*, hold: Hold, by: User) -> None:
    """Approve this set of removals, and no other. Approving twice changes nothing."""
    approved = Hold.objects.filter(pk=hold.pk, approved_at=None, closed_at=None)
    if approved.update(approved_at=timezone.now(), approved_by=by):
        facts = {"kind": hold.kind, "changes": len(hold.changes)}
        record(
            school=hold.account.school,
            actor=by,
            verb="hub.removals_approved",
            about=hold.account.name,
            facts=facts,
        )
        request_reconcile(hold.account, urgent=True)


def _plan(account: HubAccount) -> Plan:
    try:
        with _noting_refusal(account):
            return reconcile.plan_organization(account)
    except EmptyClassList:
        raise NotConnectable(sentence_of_code("empty_class_list")) from None


@transaction.atomic
def _store(account: HubAccount, plan: Plan) -> SyncRun:
    SyncRun.objects.filter(account=account, result=SyncRun.Result.PLANNED).delete()
    run = SyncRun.objects.create(
        account=account,
        generation=sync_of(account).generation,
        result=SyncRun.Result.PLANNED,
        proof={"notes": [{"code": note.code, **note.as_dict()} for note in plan.notes]},
        finished_at=timezone.now(),
    )
    journal.store(run, plan)
    return run


class _noting_refusal:  # noqa: N801  it reads as what it does
    """Hub: a refused token that is tried again and again locks the account, so a refusal is remembered."""

    def __init__(self, account: HubAccount) -> None:
        self.account = account

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *details: object) -> None:
        if kind is not None and issubclass(kind, HubAuthLost):
            SealedCredential.objects.filter(account=self.account).update(refused_at=timezone.now())
