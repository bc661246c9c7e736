"""Plans that people at pages wait for: asked once however often somebody presses, looked for by a worker.

So no web thread waits for a slow Docker Hub. Letting a plan happen is the same look: the worker compares what it finds
with the plan that was read, and only then lets the portal write.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from classrooms.actions.audit import record
from classrooms.models import User
from hubsync.hub.errors import HubAuthLost, HubError
from hubsync.models import AskedPlan, HubAccount, SealedCredential, SyncRun
from hubsync.planning.plan import Plan
from hubsync.sync import journal
from hubsync.sync.desired import EmptyClassList
from hubsync.sync.reconcile import plan_organization
from hubsync.sync.rings import ring_for_plan
from hubsync.sync.schedule import activate, request_reconcile, sync_of
from hubsync.sync.settlement import code_of

logger = logging.getLogger(__name__)
# Longer than the longest look; after it the worker that looked is taken for dead.
LOOK_LASTS = timedelta(minutes=2)


def ask_for_plan(account: HubAccount, *, agreed_digest: str = "", by: User | None = None) -> None:
    """Have a worker look. With the digest of a plan that `by` has read, let it happen if it is still the same."""
    AskedPlan.objects.get_or_create(account=account)
    row = AskedPlan.objects.filter(account=account)
    with transaction.atomic():
        row.filter(asked_at=None).update(asked_at=Now(), outcome="", agreed_digest="", agreed_by=None)
        if agreed_digest:
            row.update(agreed_digest=agreed_digest, agreed_by=by)
    ring_for_plan(account.pk)


def asked_plan(account: HubAccount) -> AskedPlan | None:
    """What was asked last, and how it ended; None where nobody ever asked."""
    return AskedPlan.objects.filter(account=account).first()


def open_plans() -> list[int]:
    """Accounts whose plan is waited for and looked for by nobody."""
    return list(_open().order_by("asked_at").values_list("account_id", flat=True))


def make_asked_plan(account_id: int) -> bool:
    """Look, and keep the plan, if it is asked for and nobody else is at it. Safe to call twice, late, or never."""
    token = str(uuid4())
    claimed = _open().filter(account_id=account_id)
    if not claimed.update(looking_token=token, looking_until=Now() + LOOK_LASTS):
        return False
    account = HubAccount.objects.select_related("school").get(pk=account_id)
    _end(account, token, *_look(account))
    return True


def _look(account: HubAccount) -> tuple[Plan | None, str]:
    """The plan, or None and the code of what kept it from being made."""
    try:
        return plan_organization(account), ""
    except (HubError, EmptyClassList) as problem:
        return None, _trouble_of(account, problem)
    except Exception as problem:  # whoever waits has to hear of everything
        logger.exception("The plan of account %s could not be made.", account.pk)
        return None, code_of(problem)


def store_plan(account: HubAccount, plan: Plan) -> SyncRun:
    """Keep a plan to be read; it takes the place of the one that was kept before."""
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


@transaction.atomic
def _end(account: HubAccount, token: str, plan: Plan | None, trouble: str) -> None:
    """Write down how the look ended; nothing where another worker was given it meanwhile."""
    row = AskedPlan.objects.select_for_update().filter(account=account, looking_token=token).first()
    if row is None:
        return
    row.outcome = trouble if plan is None else _decide(account, plan, row)
    row.asked_at = row.looking_until = None
    row.looking_token, row.agreed_digest, row.ended_at = "", "", timezone.now()
    row.save()


def _decide(account: HubAccount, plan: Plan, row: AskedPlan) -> str:
    if not row.agreed_digest:
        store_plan(account, plan)
        return "shown"
    if plan.digest != row.agreed_digest:
        store_plan(account, plan)
        return "nothing_left" if account.is_active and not plan.changes else "changed"
    if account.is_active:
        request_reconcile(account, urgent=True)
    else:
        activate(account)
    facts = {"changes": len(plan.changes)}
    record(
        school=account.school, actor=row.agreed_by, verb="hub.plan_allowed", about=account.name, facts=facts
    )
    return "allowed"


def _trouble_of(account: HubAccount, problem: Exception) -> str:
    if isinstance(problem, HubAuthLost):
        # Hub: a refused token that is tried again and again locks the account.
        SealedCredential.objects.filter(account=account).update(refused_at=timezone.now())
    return code_of(problem)


def _open() -> QuerySet[AskedPlan]:
    is_free = Q(looking_until=None) | Q(looking_until__lt=Now())
    return AskedPlan.objects.filter(is_free, asked_at__isnull=False)
