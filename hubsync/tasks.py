"""Door bells of Celery. A message carries an account's id and nothing else; what is due is a row."""

from __future__ import annotations

from celery import shared_task

from hubsync.account.catalogue import refresh_due
from hubsync.sync import reconcile
from hubsync.sync.heartbeat import beat
from hubsync.sync.rings import QUEUE, ring
from hubsync.sync.schedule import due

# A message about old facts that nobody took in this time is worth nothing: the next sweep sends another.
CATALOGUE_SECONDS = 15


@shared_task(name="hubsync.tasks.reconcile_organization")
def reconcile_organization(account_id: int) -> None:
    """Reconcile one organization if it is due. Safe to run twice, late, or never."""
    reconcile.reconcile_organization(account_id)


@shared_task(name="hubsync.tasks.refresh_catalogue")
def refresh_catalogue() -> None:
    """Read what is old about repositories and tags, a little at a time."""
    refresh_due()


@shared_task(name="hubsync.tasks.sweep")
def sweep() -> None:
    """Ring for everything that is due, whatever became of earlier messages; and give a sign of life."""
    beat()
    for one in due():
        ring(one.account_id, is_urgent=one.is_urgent)
    refresh_catalogue.apply_async(queue=QUEUE, expires=CATALOGUE_SECONDS, retry=False)
