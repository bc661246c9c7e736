"""Door bells of Celery. A message carries an account's id and nothing else; what is due is a row."""

from __future__ import annotations

from celery import shared_task

from hubsync.account.catalogue import refresh_due
from hubsync.account.image_checking import check_waiting
from hubsync.account.later_versions import look_again
from hubsync.account.layer_look import look_waiting
from hubsync.sync import reconcile
from hubsync.sync.asked_plans import make_asked_plan, open_plans
from hubsync.sync.heartbeat import beat
from hubsync.sync.rings import QUEUE, ring, ring_for_plan
from hubsync.sync.schedule import due, find_due
from hubsync.sync.stopping import is_stopping
from hubsync.sync.turns import wait_for_room

# A message about old facts that nobody took in this time is worth nothing: the next sweep sends another.
CATALOGUE_SECONDS = 15
RUNG_AT_ONCE = 50


@shared_task(name="hubsync.tasks.reconcile_organization")
def reconcile_organization(account_id: int) -> None:
    """Reconcile one organization if it is due and the budget has room. Safe to run twice, late, or never."""
    one = find_due(account_id)
    if one and (one.is_urgent or wait_for_room(account_id, is_stopping)):
        reconcile.reconcile_organization(account_id, is_over=is_stopping)


@shared_task(name="hubsync.tasks.make_plan")
def make_plan(account_id: int) -> None:
    """Make the plan that somebody waits for. Safe to run twice, late, or never."""
    make_asked_plan(account_id)


@shared_task(name="hubsync.tasks.refresh_catalogue")
def refresh_catalogue() -> None:
    """Read what is old about repositories and tags, a little at a time."""
    refresh_due()


@shared_task(name="hubsync.tasks.check_images")
def check_images() -> None:
    """Checks of images that somebody asked for, and those of an evening. Safe to run twice, late, or never."""
    check_waiting(is_stopping)


@shared_task(name="hubsync.tasks.look_into_layers")
def look_into_layers() -> None:
    """Looks into handed-in images, for schools that want them. Safe to run twice, late, or never."""
    look_waiting(is_stopping)


@shared_task(name="hubsync.tasks.look_again_at_hand_ins")
def look_again_at_hand_ins() -> None:
    """Hand-ins that nobody could look at, and those whose time is over. Safe to run twice, late, or never."""
    look_again(is_stopping)


@shared_task(name="hubsync.tasks.sweep")
def sweep() -> None:
    """Ring for everything that is due, whatever became of earlier messages; and give a sign of life."""
    beat()
    # Clicks come first, then who waits longest; more bells than can be heard until the next sweep help nobody.
    for account_id in open_plans():
        ring_for_plan(account_id)
    for one in due()[:RUNG_AT_ONCE]:
        ring(one.account_id, is_urgent=one.is_urgent)
    refresh_catalogue.apply_async(queue=QUEUE, expires=CATALOGUE_SECONDS, retry=False)
    check_images.apply_async(queue=QUEUE, expires=CATALOGUE_SECONDS, retry=False)
    look_again_at_hand_ins.apply_async(queue=QUEUE, expires=CATALOGUE_SECONDS, retry=False)
    look_into_layers.apply_async(queue=QUEUE, expires=CATALOGUE_SECONDS, retry=False)
