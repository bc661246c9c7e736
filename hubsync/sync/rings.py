"""Rings the door bell of the workers. A ring may be lost: the sweep finds what is due anyway."""

from __future__ import annotations

import logging
from pathlib import Path

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)
RECONCILE = "hubsync.tasks.reconcile_organization"
MAKE_PLAN = "hubsync.tasks.make_plan"
BRING_IN_LISTS = "classrooms.tasks.bring_in_lists"
CHECK_IMAGES = "hubsync.tasks.check_images"
QUEUE, URGENT_QUEUE = "hub", "hub_now"
# A bell that nobody heard in this time is forgotten; the sweep rings again, in the order of that moment.
BELL_SECONDS = {QUEUE: settings.SWEEP_SECONDS, URGENT_QUEUE: 60}


def ring(account_id: int, *, is_urgent: bool = False) -> None:
    """Wake a worker for this account: by a message, or without a broker by touching the file it watches."""
    try:
        if settings.REDIS_URL:
            queue = URGENT_QUEUE if is_urgent else QUEUE
            current_app.send_task(
                RECONCILE, args=[account_id], queue=queue, retry=False, expires=BELL_SECONDS[queue]
            )
        else:
            ring_file().touch()
    except Exception:  # a broker that is away may not keep a teacher from saving
        logger.exception("Nobody could be rung for account %s; the sweep will find it.", account_id)


def ring_for_plan(account_id: int) -> None:
    """Wake a worker for a plan that somebody waits for."""
    try:
        if settings.REDIS_URL:
            current_app.send_task(
                MAKE_PLAN,
                args=[account_id],
                queue=URGENT_QUEUE,
                retry=False,
                expires=BELL_SECONDS[URGENT_QUEUE],
            )
        else:
            ring_file().touch()
    except Exception:  # as above
        logger.exception(
            "Nobody could be rung for the plan of account %s; the sweep will find it.", account_id
        )


def ring_for_lists() -> None:
    """Wake a worker for class lists that somebody has confirmed."""
    _ring_for(BRING_IN_LISTS, "class lists")


def ring_for_checks() -> None:
    """Wake a worker for checks of images that somebody waits for."""
    _ring_for(CHECK_IMAGES, "checks of images")


def _ring_for(task: str, what: str) -> None:
    try:
        if settings.REDIS_URL:
            current_app.send_task(task, queue=URGENT_QUEUE, retry=False, expires=BELL_SECONDS[URGENT_QUEUE])
        else:
            ring_file().touch()
    except Exception:  # as above
        logger.exception("Nobody could be rung for %s; the beat will find them.", what)


def ring_file() -> Path:
    """The file whose time of change the worker without a broker watches."""
    return Path(settings.DATA_DIR) / "ring"
