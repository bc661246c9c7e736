"""Door bells of Celery. A message carries an account's id and nothing else; what is due is a row."""

from __future__ import annotations

from celery import shared_task

from hubsync import reconcile
from hubsync.heartbeat import beat
from hubsync.rings import ring
from hubsync.schedule import due


@shared_task(name="hubsync.tasks.reconcile_organization")
def reconcile_organization(account_id: int) -> None:
    """Reconcile one organization if it is due. Safe to run twice, late, or never."""
    reconcile.reconcile_organization(account_id)


@shared_task(name="hubsync.tasks.sweep")
def sweep() -> None:
    """Ring for everything that is due, whatever became of earlier messages; and give a sign of life."""
    beat()
    for one in due():
        ring(one.account_id, is_urgent=one.is_urgent)
